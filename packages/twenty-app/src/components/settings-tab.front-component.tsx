import { defineSettingsFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { SettingsPage } from '../settings/settings-page';

/** The same page as a tab of Settings → Apps → Highseas, on servers that have such tabs; 2.21 passes it over. */
export default defineSettingsFrontComponent({
  universalIdentifier: componentIds.settingsTab,
  name: 'highseas-settings-tab',
  description: 'Pools and rules with their simulation, members and limits, and the state of the engine.',
  component: SettingsPage,
});
