import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.myPeople,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'My book', 'zh-CN': '私海' }),
  icon: 'IconBriefcase',
  position: 4,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.myPeople,
});
