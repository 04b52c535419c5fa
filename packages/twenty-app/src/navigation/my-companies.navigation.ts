import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.myCompanies,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'My book', 'zh-CN': '私海' }),
  icon: 'IconBriefcase',
  position: 1,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.myCompanies,
});
