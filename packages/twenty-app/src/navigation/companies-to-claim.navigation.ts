import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.companiesToClaim,
  type: NavigationMenuItemType.VIEW,
  name: bilingual({ en: 'To claim', 'zh-CN': '可领取' }),
  icon: 'IconPool',
  position: 0,
  folderUniversalIdentifier: identifiers.navigation.folder,
  viewUniversalIdentifier: identifiers.views.companiesToClaim,
});
