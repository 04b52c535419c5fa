import { componentIds, pageIds } from '../component-ids';
import { definePageLayoutTab } from '../platform/sdk';
import { recordTab } from '../plugin/page-manifest';

export default definePageLayoutTab(
  recordTab({
    universalIdentifier: pageIds.personTab,
    component: componentIds.poolTabPerson,
    name: { en: 'Pool', 'zh-CN': '公海' },
    object: 'person',
  }),
);
