import pg from 'pg';

/** Drops what the run made. A server that was started for it takes everything along. */
export default async function globalTeardown() {
  const state = globalThis.__highseasTestDatabase;
  state.users -= 1;
  if (state.users > 0) return;
  if (state.server) await state.server.stop();
  else await dropDatabasesOfRun(process.env.TEST_DATABASE_URL, process.env.HIGHSEAS_TEST_RUN);
}

/**
 * @param {string} url
 * @param {string} run
 */
async function dropDatabasesOfRun(url, run) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT datname FROM pg_database WHERE datname LIKE $1', [
      `highseas\\_%\\_${run}%`,
    ]);
    for (const { datname } of rows)
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(datname)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
