import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.history,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'Ownership history', 'zh-CN': '归属记录' }),
  icon: 'IconHistory',
  position: 8,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.history,
});
