import { componentIds, pageIds } from '../component-ids';
import { definePageLayout } from '../platform/sdk';
import { standalonePage } from '../plugin/page-manifest';

export default definePageLayout(
  standalonePage({
    universalIdentifier: pageIds.settings,
    component: componentIds.settings,
    name: { en: 'Pool settings', 'zh-CN': '公海设置' },
  }),
);
