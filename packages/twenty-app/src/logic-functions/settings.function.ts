import { defineLogicFunction } from 'twenty-sdk/define';
import { settings } from '../../../../plugin.json';
import { identifiers } from '../identifiers';

/** Every workspace setting as Twenty keeps it, by key; none of them is secret. */
const handler = (): Record<string, string> =>
  Object.fromEntries(
    settings.flatMap(({ key }) => {
      const value = process.env[key];
      return value === undefined ? [] : [[key, value]];
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
