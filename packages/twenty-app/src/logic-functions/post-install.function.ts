import { definePostInstallLogicFunction } from 'twenty-sdk/define';
import { ensureDefaultPool } from '../actions/ensure-default-pool';
import { identifiers } from '../identifiers';

export default definePostInstallLogicFunction({
  universalIdentifier: identifiers.functions.postInstall,
  name: 'highseas-post-install',
  description: 'Makes the default pool, once.',
  timeoutSeconds: 30,
  shouldRunOnVersionUpgrade: true,
  handler: () =>
    ensureDefaultPool({
      apiUrl: process.env.TWENTY_API_URL ?? '',
      token: process.env.TWENTY_APP_ACCESS_TOKEN ?? '',
      fetch: (input, init) => fetch(input, init),
    }),
});
