import { NavigationMenuItemType, defineNavigationMenuItem } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { bilingual } from '../plugin/bilingual';
import { plugin } from '../plugin/plugin';

export default defineNavigationMenuItem({
  universalIdentifier: identifiers.navigation.folder,
  type: NavigationMenuItemType.FOLDER,
  name: bilingual(plugin.label),
  icon: 'IconPool',
  position: 0,
});
