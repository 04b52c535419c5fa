import { componentIds, pageIds } from '../component-ids';
import { definePageLayout } from '../platform/sdk';
import { standalonePage } from '../plugin/page-manifest';

export default definePageLayout(
  standalonePage({
    universalIdentifier: pageIds.console,
    component: componentIds.console,
    name: { en: 'Pool console', 'zh-CN': '公海控制台' },
  }),
);
