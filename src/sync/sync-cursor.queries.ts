import { In, type EntityManager } from 'typeorm';
import { SyncCursorEntity } from '../storage/entities/sync-cursor.entity';

/** In the order in which a new index reads them; commands wait for these. */
export const sources = ['settings', 'members', 'pools', 'history', 'company', 'person'] as const;
export type Source = (typeof sources)[number];

/** A source has been read to its end. @param startedAt engine time when that reading began */
export async function markRead(manager: EntityManager, source: Source, startedAt: string): Promise<void> {
  await manager.upsert(SyncCursorEntity, { source, completeAt: startedAt }, ['source']);
}

/** @returns the sources that have never been read to their end */
export async function unreadSources(manager: EntityManager): Promise<Source[]> {
  const rows = await manager.find(SyncCursorEntity, { where: { source: In([...sources]) } });
  const read = new Set(rows.filter(({ completeAt }) => completeAt !== null).map(({ source }) => source));
  return sources.filter((source) => !read.has(source));
}

/** Microseconds count here, so it stays text. */
export async function databaseInstant(manager: EntityManager): Promise<string> {
  const [row] = (await manager.query('SELECT clock_timestamp()::text AS now')) as { now: string }[];
  if (!row) throw new Error('PostgreSQL did not tell the time');
  return row.now;
}

/**
 * Keeps other readings of the source away until the transaction ends.
 * @param startedAt database time before Twenty was asked
 * @returns whether no reading that was made later has been taken already
 */
export async function isLatestReading(manager: EntityManager, source: Source, startedAt: string): Promise<boolean> {
  const rows = (await manager.query(
    `INSERT INTO sync_cursor AS c (source, read_at) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET read_at = excluded.read_at WHERE c.read_at IS NULL OR c.read_at <= excluded.read_at RETURNING 1 AS latest`,
    [source, startedAt],
  )) as unknown[];
  return rows.length > 0;
}
