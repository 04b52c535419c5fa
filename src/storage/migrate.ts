import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/** Spells "migr". */
const migrationLockKey = 0x6d696772;

/** Several instances may start at once: one migrates, the others wait and find it done. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [migrationLockKey]);
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLockKey]);
    await runner.release();
  }
}

/** The job queue's own tables, in a schema of their own. */
export const queueSchema = 'highseas_queue';

export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client, queueSchema);
  } finally {
    await client.end();
  }
}
