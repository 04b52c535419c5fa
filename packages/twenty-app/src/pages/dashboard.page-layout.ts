import { pageIds } from '../component-ids';
import { definePageLayout } from '../platform/sdk';
import { dashboardPage } from '../plugin/dashboard-manifest';

export default definePageLayout(
  dashboardPage({ universalIdentifier: pageIds.dashboard, name: { en: 'Pool dashboard', 'zh-CN': '公海看板' } }),
);
