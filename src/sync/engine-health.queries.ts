import type { EntityManager } from 'typeorm';
import { followedNames } from '../twenty/records/followed-records.service';

export interface HealthRow {
  /** Engine time: when the reading of whatever was read longest ago began; null: something has never been read to its end. */
  readAt: string | null;
  /** The last change that reading brought, by Twenty's clock. */
  changedAt: string | null;
  webhookAt: string | null;
  lateWrites: number;
  oldestWriteSeconds: number;
  lateShown: number;
  refusedShown: number;
  lateEvents: number;
}

const WEBHOOK = 'webhook';
/** Writes and copies of the history are made in seconds. */
const lateSeconds = 120;

const iso = (instant: Date | null) => instant?.toISOString() ?? null;

/** @param now engine time */
export async function readHealth(manager: EntityManager, now: string): Promise<HealthRow> {
  const [row] = (await manager.query(
    `WITH reading AS (
       SELECT complete_at FROM unnest($4::text[]) AS followed LEFT JOIN sync_cursor ON source = followed
     )
     SELECT (SELECT CASE WHEN bool_and(complete_at IS NOT NULL) THEN min(complete_at) END FROM reading) AS "readAt",
            (SELECT max(updated_at) FROM sync_cursor WHERE source IN ('company', 'person')) AS "changedAt",
            (SELECT complete_at FROM sync_cursor WHERE source = $1) AS "webhookAt",
            (SELECT count(*)::int FROM pending_write WHERE settled_at IS NULL AND created_at < clock_timestamp() - make_interval(secs => $2)) AS "lateWrites",
            (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 FROM pending_write WHERE settled_at IS NULL) AS "oldestWriteSeconds",
            (SELECT count(*)::int FROM customer WHERE show_due < clock_timestamp() - make_interval(secs => $2) AND show_failures = 0 AND write_id IS NULL AND status IS NOT NULL AND NOT is_deleted) AS "lateShown",
            (SELECT count(*)::int FROM customer WHERE show_due IS NOT NULL AND show_failures > 0 AND NOT is_deleted) AS "refusedShown",
            (SELECT count(*)::int FROM ownership_event e WHERE e.state = 'CONFIRMED' AND e.mirrored_at IS NULL AND e.at < $3) AS "lateEvents"`,
    [WEBHOOK, lateSeconds, new Date(Date.parse(now) - lateSeconds * 1000).toISOString(), followedNames],
  )) as (Omit<HealthRow, 'readAt' | 'changedAt' | 'webhookAt'> &
    Record<'readAt' | 'changedAt' | 'webhookAt', Date | null>)[];
  if (!row) throw new Error('The index does not answer about itself');
  return { ...row, readAt: iso(row.readAt), changedAt: iso(row.changedAt), webhookAt: iso(row.webhookAt) };
}

/** A webhook of Twenty's has been taken. @param at engine time */
export async function noteWebhook(manager: EntityManager, at: string): Promise<void> {
  await manager.query(
    `INSERT INTO sync_cursor (source, complete_at, read_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (source) DO UPDATE SET complete_at = greatest(sync_cursor.complete_at, excluded.complete_at), read_at = excluded.read_at`,
    [WEBHOOK, at],
  );
}
