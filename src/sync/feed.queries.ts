import { In, type EntityManager } from 'typeorm';
import { SyncCursorEntity } from '../storage/entities/sync-cursor.entity';
import type { RecordChange, RecordVersion } from '../twenty/records/activity-records.types';
import type { FollowedName } from '../twenty/records/followed-records.service';
import type { Instant, RecordCursor } from '../twenty/records/twenty.types';

export interface FeedCursor {
  position: RecordCursor | null;
  /** Engine time at the start of the last reading that came to the end; null: it has never been read to its end. */
  completeAt: string | null;
  /** Twenty's clock then; null when it did not say. */
  twentyAt: Instant | null;
  /** How many records the last look behind the position gave, and how long ago that was. */
  listed: number;
  listedMsAgo: number;
}

export async function readCursors(
  manager: EntityManager,
  names: readonly FollowedName[],
): Promise<Map<FollowedName, FeedCursor>> {
  const rows = await manager.findBy(SyncCursorEntity, { source: In([...names]) });
  const known = new Map(rows.map((row) => [row.source, row]));
  const now = Date.parse((await databaseNow(manager)).toISOString());
  return new Map(
    names.map((name) => {
      const row = known.get(name);
      return [
        name,
        {
          position: row?.updatedAt && row.recordId ? { updatedAt: row.updatedAt, id: row.recordId } : null,
          completeAt: row?.completeAt ?? null,
          twentyAt: row?.twentyAt ?? null,
          listed: row?.listed ?? 0,
          listedMsAgo: row?.listedAt ? now - Date.parse(row.listedAt) : Number.POSITIVE_INFINITY,
        },
      ];
    }),
  );
}

async function databaseNow(manager: EntityManager): Promise<Date> {
  const [row] = (await manager.query('SELECT clock_timestamp() AS now')) as { now: Date }[];
  if (!row) throw new Error('PostgreSQL did not tell the time');
  return row.now;
}

/** The position never goes back, wherever a look behind it begins. */
export async function moveCursor(manager: EntityManager, name: FollowedName, to: RecordCursor): Promise<void> {
  await manager.query(
    `INSERT INTO sync_cursor AS c (source, updated_at, record_id) VALUES ($1, $2, $3)
     ON CONFLICT (source) DO UPDATE SET updated_at = excluded.updated_at, record_id = excluded.record_id
       WHERE c.updated_at IS NULL OR (c.updated_at, c.record_id) < (excluded.updated_at, excluded.record_id)`,
    [name, to.updatedAt, to.id],
  );
}

export interface CompleteReading {
  /** Engine time and database time when it began, and Twenty's clock at its first answer. */
  engineAt: string;
  readAt: string;
  twentyAt: Instant | null;
}

/** @param listed how many records it gave, when it looked behind the position */
export async function markComplete(
  manager: EntityManager,
  name: FollowedName,
  { engineAt, readAt, twentyAt }: CompleteReading,
  listed: number | null,
): Promise<void> {
  await manager.query(
    `INSERT INTO sync_cursor AS c (source, complete_at, read_at, twenty_at, listed, listed_at)
     VALUES ($1, $2, $3, $4, coalesce($5::int, 0), CASE WHEN $5::int IS NOT NULL THEN $3::timestamptz END)
     ON CONFLICT (source) DO UPDATE SET complete_at = excluded.complete_at, read_at = excluded.read_at, twenty_at = excluded.twenty_at,
       listed = coalesce($5::int, c.listed), listed_at = coalesce(excluded.listed_at, c.listed_at)`,
    [name, engineAt, readAt, twentyAt, listed],
  );
}

export interface News {
  change: RecordChange;
  /** The records to read: the one that it is or belongs to, and the one it belonged to before. */
  origins: string[];
}

/** What of a listing has not been taken as it is there. */
export async function newsOf(
  manager: EntityManager,
  name: FollowedName,
  changes: readonly RecordChange[],
): Promise<News[]> {
  if (changes.length === 0) return [];
  const rows = (await manager.query(
    `SELECT x.id, f.origin_id AS "formerOrigin" FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, "updatedAt" timestamptz)
       LEFT JOIN feed_record f ON f.object = $1 AND f.record_id = x.id
      WHERE f.updated_at IS DISTINCT FROM x."updatedAt"`,
    [name, JSON.stringify(changes)],
  )) as { id: string; formerOrigin: string | null }[];
  const former = new Map(rows.map(({ id, formerOrigin }) => [id, formerOrigin]));
  return changes
    .filter(({ id }) => former.has(id))
    .map((change) => ({
      change,
      origins: [...new Set([change.originId, former.get(change.id)])].filter((id) => typeof id === 'string'),
    }));
}

/** What was read is known from now on as it was read; what was asked for and is not there is forgotten. */
export async function noteTaken(
  manager: EntityManager,
  name: FollowedName,
  ids: readonly string[],
  versions: readonly RecordVersion[],
): Promise<void> {
  const present = new Set(versions.filter(({ object }) => object === name).map(({ id }) => id));
  await forget(
    manager,
    name,
    ids.filter((id) => !present.has(id)),
  );
  await noteVersions(manager, versions);
}

export async function noteVersions(manager: EntityManager, versions: readonly RecordVersion[]): Promise<void> {
  if (versions.length === 0) return;
  await manager.query(
    `INSERT INTO feed_record AS f (object, record_id, origin_id, updated_at)
     SELECT DISTINCT ON (x.object, x.id) x.object, x.id, x."originId", x."updatedAt"
       FROM jsonb_to_recordset($1::jsonb) AS x(object followed_object, id uuid, "originId" uuid, "updatedAt" timestamptz) ORDER BY x.object, x.id
     ON CONFLICT (object, record_id) DO UPDATE SET origin_id = excluded.origin_id, updated_at = excluded.updated_at
       WHERE (f.origin_id, f.updated_at) IS DISTINCT FROM (excluded.origin_id, excluded.updated_at)`,
    [JSON.stringify(versions)],
  );
}

export async function forget(manager: EntityManager, name: FollowedName, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query('DELETE FROM feed_record WHERE object = $1 AND record_id = ANY($2)', [name, ids]);
}
