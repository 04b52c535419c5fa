import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { SettingsPage } from '../settings/settings-page';

export default defineFrontComponent({
  universalIdentifier: componentIds.settings,
  name: 'highseas-settings-page',
  description: 'Pools and rules with their simulation, members and limits, and the state of the engine.',
  isHeadless: false,
  component: SettingsPage,
});
