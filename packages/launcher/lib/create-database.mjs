/**
 * Makes a database unless it is there.
 * @param {import('./embedded-postgres.mjs').EmbeddedPostgres} server
 * @param {string} name
 * @returns {Promise<string>} its connection string
 */
export async function createDatabase(server, name) {
  // Imported late: this file is loaded before the dependencies are installed.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return server.url(name);
}
