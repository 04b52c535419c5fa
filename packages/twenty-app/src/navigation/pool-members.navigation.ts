import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.poolMembers,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'Pool members', 'zh-CN': '公海成员' }),
  icon: 'IconUsersGroup',
  position: 7,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.poolMembers,
});
