import type { EntityManager } from 'typeorm';
import type { FollowedName } from '../twenty/records/followed-records.service';
import type { SourceName } from './sources/feed-source';

export interface RereadRequest {
  recordId: string;
  requestedAt: Date;
}

/** A customer whose last decision Twenty has not confirmed yet waits: reading it now could not count. */
const open = `reread r LEFT JOIN customer c ON c.object = r.object AND c.record_id = r.record_id WHERE c.write_id IS NULL`;

export async function sourcesToReread(manager: EntityManager): Promise<Set<SourceName>> {
  const rows = (await manager.query(`SELECT DISTINCT r.object AS name FROM ${open}`)) as { name: SourceName }[];
  return new Set(rows.map(({ name }) => name));
}

export async function requestedRereads(
  manager: EntityManager,
  source: SourceName,
  limit: number,
): Promise<RereadRequest[]> {
  return (await manager.query(
    `SELECT r.record_id AS "recordId", r.requested_at AS "requestedAt" FROM ${open} AND r.object = $1 ORDER BY r.requested_at LIMIT $2`,
    [source, limit],
  )) as RereadRequest[];
}

/** Takes back the requests that were met; one that was made anew meanwhile stays. */
export async function rereadDone(manager: EntityManager, source: SourceName, requests: RereadRequest[]): Promise<void> {
  await manager.query(
    `DELETE FROM reread r USING jsonb_to_recordset($2::jsonb) AS x("recordId" uuid, "requestedAt" timestamptz)
      WHERE r.object = $1 AND r.record_id = x."recordId" AND date_trunc('milliseconds', r.requested_at) <= x."requestedAt"`,
    [source, JSON.stringify(requests)],
  );
}

/** What a webhook spoke of. */
export interface Told {
  source: SourceName;
  /** The record to read again. */
  originId: string;
  /** What changed: that record, or one that belongs to it. */
  object: FollowedName;
  id: string;
  /** Null: it is not known, or the record is gone. */
  updatedAt: string | null;
}

/** @returns whether it is to be read again: not when the index has that very state, be it older or newer than another */
export async function requestUnlessKnown(manager: EntityManager, told: Told): Promise<boolean> {
  const rows = (await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT $1::text, $2::uuid, clock_timestamp()
      WHERE NOT EXISTS (SELECT 1 FROM feed_record WHERE object = $3::followed_object AND record_id = $4 AND updated_at = $5::timestamptz)
        AND NOT EXISTS (SELECT 1 FROM customer WHERE object = $1 AND record_id = $2 AND NOT is_deleted AND twenty_updated_at = $5::timestamptz)
     ON CONFLICT (object, record_id) DO UPDATE SET requested_at = excluded.requested_at RETURNING 1 AS asked`,
    [told.source, told.originId, told.object, told.id, told.updatedAt],
  )) as unknown[];
  return rows.length > 0;
}
