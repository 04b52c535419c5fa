import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.myCompanies,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'My customers', 'zh-CN': '我的客户' }),
  icon: 'IconBriefcase',
  position: 1,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.myCompanies,
});
