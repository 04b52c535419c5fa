import { defineLogicFunction } from 'twenty-sdk/define';
import { identifiers } from '../identifiers';

const handler = (): { engineUrl: string } => ({ engineUrl: process.env.HIGHSEAS_ENGINE_URL ?? '' });

/** Tells every member's components where the engine is: on 2.21 they would read the setting encrypted. */
export default defineLogicFunction({
  universalIdentifier: identifiers.functions.engine,
  name: 'highseas-engine',
  description: 'Where the Highseas engine is.',
  timeoutSeconds: 10,
  httpRouteTriggerSettings: { path: '/highseas/engine', httpMethod: 'GET', isAuthRequired: true },
  handler,
});
