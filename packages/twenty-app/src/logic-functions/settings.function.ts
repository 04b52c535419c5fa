import { defineLogicFunction } from 'twenty-sdk/define';
import { settings } from '../../../../plugin.json';
import { identifiers } from '../identifiers';

/** The workspace settings as Twenty keeps them, by key. Every member may ask, so those that hold secrets are left out. */
const handler = (): Record<string, string> =>
  Object.fromEntries(
    settings.flatMap((setting) => {
      const value = process.env[setting.key];
      return value === undefined || ('sensitive' in setting && setting.sensitive) ? [] : [[setting.key, value]];
    }),
  );

export default defineLogicFunction({
  universalIdentifier: identifiers.functions.settings,
  name: 'highseas-settings',
  description: 'The workspace settings of Highseas.',
  timeoutSeconds: 10,
  httpRouteTriggerSettings: { path: '/highseas/settings', httpMethod: 'GET', isAuthRequired: true },
  handler,
});
