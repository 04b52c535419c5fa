import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createDataSource } from '../../src/storage/data-source';

const BUILD_LOCK = 4_105_001;

export interface TestDatabase {
  /** Connection string, for a data source or for an engine in a process of its own. */
  url: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database for one test file. It is cloned from a template that the first caller of the run migrates,
 * so it costs milliseconds. Drop it in `afterAll`, after closing what is connected to it.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const run = process.env.HIGHSEAS_TEST_RUN;
  if (!process.env.TEST_DATABASE_URL || !run) {
    throw new Error('No test database: the jest project of this file needs test/support/global-setup.mjs.');
  }
  const name = `highseas_test_${run}_${randomBytes(4).toString('hex')}`;
  const template = `highseas_template_${run}`;
  await withServer(async (server) => {
    // Held until the session ends: a template cannot be cloned while anybody is connected to it.
    await server.query('SELECT pg_advisory_lock($1)', [BUILD_LOCK]);
    await ensureTemplate(server, template);
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return { url: urlOf(name), drop: () => withServer((server) => dropDatabase(server, name)) };
}

async function ensureTemplate(server: Client, template: string): Promise<void> {
  const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (found.rowCount) return;
  const building = `${template}_new`;
  await dropDatabase(server, building);
  await server.query(`CREATE DATABASE ${building} TEMPLATE template0 ENCODING 'UTF8'`);
  const dataSource = await createDataSource(urlOf(building)).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
  await server.query(`ALTER DATABASE ${building} RENAME TO ${template}`);
}

async function dropDatabase(server: Client, name: string): Promise<void> {
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function withServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: process.env.TEST_DATABASE_URL });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  return url.toString();
}
