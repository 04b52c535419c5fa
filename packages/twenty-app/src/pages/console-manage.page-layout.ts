import { componentIds, pageIds } from '../component-ids';
import { definePageLayout } from '../platform/sdk';
import { standalonePage } from '../plugin/page-manifest';

// The console with another part first. It is in no menu: Twenty hands nothing over to a page that it could open on, so each beginning is a page.
export default definePageLayout(
  standalonePage({
    universalIdentifier: pageIds.consoleManage,
    component: componentIds.consoleManage,
    name: { en: 'Pool console', 'zh-CN': '公海控制台' },
  }),
);
