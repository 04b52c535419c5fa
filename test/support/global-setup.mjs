import { randomBytes } from 'node:crypto';
import { startPostgres } from '../../packages/launcher/lib/embedded-postgres.mjs';

/**
 * Several projects name this file; the first call starts the server and the others find it. TEST_DATABASE_URL, when
 * set, names a server on which databases may be made and dropped.
 */
export default async function globalSetup() {
  const state = (globalThis.__highseasTestDatabase ??= { users: 0, server: undefined });
  state.users += 1;
  if (state.users > 1) return;
  process.env.HIGHSEAS_TEST_RUN = randomBytes(4).toString('hex');
  if (process.env.TEST_DATABASE_URL) return;
  state.server = await startPostgres();
  process.env.TEST_DATABASE_URL = state.server.url();
}
