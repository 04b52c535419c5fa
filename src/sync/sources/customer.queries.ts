import type { EntityManager } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';

export async function databaseTime(manager: EntityManager): Promise<Date> {
  const [row] = (await manager.query('SELECT clock_timestamp() AS now')) as { now: Date }[];
  if (!row) throw new Error('PostgreSQL did not tell the time');
  return row.now;
}

/** Is there among records that nobody owns in Twenty one that has an owner in the index? */
export async function hasOwnerEmptied(
  manager: EntityManager,
  object: CustomerObject,
  recordIds: string[],
): Promise<boolean> {
  const rows = (await manager.query(
    `SELECT 1 FROM customer WHERE object = $1 AND record_id = ANY($2) AND status = 'OWNED' AND write_id IS NULL AND NOT is_deleted LIMIT 1`,
    [object, recordIds],
  )) as unknown[];
  return rows.length > 0;
}

/** Which of the records have no pool, or one that was removed; unknown ones are among them. */
export async function unmanagedOf(
  manager: EntityManager,
  object: CustomerObject,
  recordIds: string[],
): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT id FROM unnest($2::uuid[]) AS id
      WHERE NOT EXISTS (SELECT 1 FROM customer c JOIN pool p ON p.id = c.pool_id AND p.removed_at IS NULL
                         WHERE c.object = $1 AND c.record_id = id AND c.status IS NOT NULL)`,
    [object, recordIds],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Records that Twenty no longer has, not even as deleted ones. Rows that were decided about since the reading are left. */
export async function markDestroyed(
  manager: EntityManager,
  object: CustomerObject,
  ids: string[],
  startedAt: Date,
): Promise<void> {
  await manager.query(
    'UPDATE customer SET is_deleted = true, duplicates_stale = true, touched_at = clock_timestamp() WHERE object = $1 AND record_id = ANY($2) AND touched_at < $3 AND write_id IS NULL',
    [object, ids, startedAt],
  );
}
