import type { EntityManager } from 'typeorm';
import type { CustomerObject } from '../domain/customer/customer';

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

export interface RereadRequest {
  recordId: string;
  requestedAt: Date;
}

/** Those whose last decision Twenty has not confirmed yet wait: reading them now could not count. */
export async function requestedRereads(
  manager: EntityManager,
  object: CustomerObject,
  limit: number,
): Promise<RereadRequest[]> {
  return (await manager.query(
    `SELECT r.record_id AS "recordId", r.requested_at AS "requestedAt"
       FROM reread r LEFT JOIN customer c ON c.object = r.object AND c.record_id = r.record_id
      WHERE r.object = $1 AND c.write_id IS NULL ORDER BY r.requested_at LIMIT $2`,
    [object, limit],
  )) as RereadRequest[];
}

/** Takes back the requests that were met; one that was made anew meanwhile stays. */
export async function rereadDone(
  manager: EntityManager,
  object: CustomerObject,
  requests: RereadRequest[],
): Promise<void> {
  await manager.query(
    `DELETE FROM reread r USING jsonb_to_recordset($2::jsonb) AS x("recordId" uuid, "requestedAt" timestamptz)
      WHERE r.object = $1 AND r.record_id = x."recordId" AND date_trunc('milliseconds', r.requested_at) <= x."requestedAt"`,
    [object, JSON.stringify(requests)],
  );
}

/** Asks for a reading of what a webhook speaks of, unless the index has that state already. */
export async function requestIfNewer(
  manager: EntityManager,
  object: CustomerObject,
  recordId: string,
  updatedAt: string | null,
): Promise<boolean> {
  const rows = (await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT $1::text, $2::uuid, clock_timestamp()
      WHERE NOT EXISTS (SELECT 1 FROM customer WHERE object = $1 AND record_id = $2 AND NOT is_deleted AND twenty_updated_at = $3::timestamptz)
     ON CONFLICT (object, record_id) DO UPDATE SET requested_at = excluded.requested_at RETURNING 1 AS asked`,
    [object, recordId, updatedAt],
  )) as unknown[];
  return rows.length > 0;
}

export async function unseenSince(manager: EntityManager, object: CustomerObject, startedAt: Date): Promise<string[]> {
  const rows = (await manager.query(
    'SELECT record_id AS id FROM customer WHERE object = $1 AND NOT is_deleted AND touched_at < $2',
    [object, startedAt],
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
