import { pageIds } from '../component-ids';
import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.dashboard,
  type: NavigationMenuItemType.PAGE_LAYOUT,
  name: bilingual({ en: 'Pool dashboard', 'zh-CN': '公海看板' }),
  icon: 'IconChartBar',
  // After the lists of customers, before pools and members.
  position: 5.5,
  folderUniversalIdentifier: identifiers.navigation.folder,
  pageLayoutUniversalIdentifier: pageIds.dashboard,
});
