import { pageIds } from '../component-ids';
import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.console,
  type: NavigationMenuItemType.PAGE_LAYOUT,
  name: bilingual({ en: 'Pool console', 'zh-CN': '公海控制台' }),
  icon: 'IconLayoutDashboard',
  // Before the lists.
  position: -1,
  folderUniversalIdentifier: identifiers.navigation.folder,
  pageLayoutUniversalIdentifier: pageIds.console,
});
