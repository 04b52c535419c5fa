import type { EntityManager } from 'typeorm';

const FACTS = 'facts';

/** Database time, by the microsecond. */
export async function now(manager: EntityManager): Promise<string> {
  const [row] = (await manager.query('SELECT clock_timestamp()::text AS now')) as { now: string }[];
  if (!row) throw new Error('PostgreSQL did not tell the time');
  return row.now;
}

/** Whether a gathering that has come to its end began at that time or later. */
export async function isGatheredSince(manager: EntityManager, since: string): Promise<boolean> {
  const rows = (await manager.query('SELECT 1 FROM sync_cursor WHERE source = $1 AND read_at >= $2::timestamptz', [
    FACTS,
    since,
  ])) as unknown[];
  return rows.length > 0;
}

export async function noteGathering(manager: EntityManager, startedAt: string): Promise<void> {
  await manager.query(
    'INSERT INTO sync_cursor (source, read_at) VALUES ($1, $2) ON CONFLICT (source) DO UPDATE SET read_at = excluded.read_at',
    [FACTS, startedAt],
  );
}
