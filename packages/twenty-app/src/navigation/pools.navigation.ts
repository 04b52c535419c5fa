import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.pools,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'Pools', 'zh-CN': '公海池' }),
  icon: 'IconPool',
  position: 6,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.pools,
});
