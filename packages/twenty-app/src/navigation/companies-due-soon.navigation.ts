import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.companiesDueSoon,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'Due soon', 'zh-CN': '将回收' }),
  icon: 'IconCalendarDue',
  position: 2,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.companiesDueSoon,
});
