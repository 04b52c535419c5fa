import { pageIds } from '../component-ids';
import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.settings,
  type: NavigationMenuItemType.PAGE_LAYOUT,
  name: bilingual({ en: 'Pool settings', 'zh-CN': '公海设置' }),
  icon: 'IconSettings',
  position: 9,
  folderUniversalIdentifier: identifiers.navigation.folder,
  pageLayoutUniversalIdentifier: pageIds.settings,
});
