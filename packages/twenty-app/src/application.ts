import { defineApplication } from './platform/sdk';
import { settingsManifest } from './plugin/settings-manifest';
import { plugin } from './plugin/plugin';

export default defineApplication({
  universalIdentifier: plugin.universalIdentifier,
  displayName: plugin.label.en,
  description: plugin.description.en,
  author: 'Highseas',
  category: 'Sales',
  applicationVariables: settingsManifest(),
});
