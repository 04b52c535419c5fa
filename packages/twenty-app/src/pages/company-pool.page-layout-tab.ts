import { componentIds, pageIds } from '../component-ids';
import { definePageLayoutTab } from '../platform/sdk';
import { recordTab } from '../plugin/page-manifest';

export default definePageLayoutTab(
  recordTab({
    universalIdentifier: pageIds.companyTab,
    component: componentIds.poolTabCompany,
    name: { en: 'Pool', 'zh-CN': '公海' },
    object: 'company',
  }),
);
