import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.peopleDueSoon,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'Due soon', 'zh-CN': '将回收' }),
  icon: 'IconCalendarDue',
  position: 5,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.peopleDueSoon,
});
