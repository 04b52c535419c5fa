import { In, type EntityManager } from 'typeorm';
import { ActivityCursorEntity } from '../storage/entities/activity-cursor.entity';
import type { RecordCursor } from '../twenty/records/twenty.types';

export interface CursorState {
  position: RecordCursor | null;
  /** Engine time at the start of the last reading that came to the end. */
  completeAt: string | null;
}

export async function readCursors(manager: EntityManager, names: readonly string[]): Promise<Map<string, CursorState>> {
  const rows = new Map(
    (await manager.findBy(ActivityCursorEntity, { source: In([...names]) })).map((row) => [row.source, row]),
  );
  return new Map(
    names.map((name) => {
      const row = rows.get(name);
      const position = row?.updatedAt && row.recordId ? { updatedAt: row.updatedAt, id: row.recordId } : null;
      return [name, { position, completeAt: row?.completeAt ?? null }];
    }),
  );
}

export async function moveCursor(
  manager: EntityManager,
  source: string,
  { updatedAt, id }: RecordCursor,
): Promise<void> {
  await manager.upsert(ActivityCursorEntity, { source, updatedAt, recordId: id }, ['source']);
}

/** @param startedAt engine time when the reading began */
export async function markComplete(manager: EntityManager, source: string, startedAt: string): Promise<void> {
  await manager.upsert(ActivityCursorEntity, { source, completeAt: startedAt }, ['source']);
}

interface RereadRequest {
  originId: string;
  requestedAt: Date;
}

export async function requestReread(manager: EntityManager, source: string, originId: string): Promise<void> {
  await manager.query(
    `INSERT INTO activity_reread (source, origin_id, requested_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (source, origin_id) DO UPDATE SET requested_at = excluded.requested_at`,
    [source, originId],
  );
}

export async function requestedRereads(
  manager: EntityManager,
  source: string,
  limit: number,
): Promise<RereadRequest[]> {
  return (await manager.query(
    'SELECT origin_id AS "originId", requested_at AS "requestedAt" FROM activity_reread WHERE source = $1 ORDER BY requested_at LIMIT $2',
    [source, limit],
  )) as RereadRequest[];
}

/** Takes back the requests that were met; one that was made anew meanwhile stays. */
export async function rereadDone(
  manager: EntityManager,
  source: string,
  requests: readonly RereadRequest[],
): Promise<void> {
  await manager.query(
    `DELETE FROM activity_reread r USING jsonb_to_recordset($2::jsonb) AS x("originId" uuid, "requestedAt" timestamptz)
      WHERE r.source = $1 AND r.origin_id = x."originId" AND date_trunc('milliseconds', r.requested_at) <= x."requestedAt"`,
    [source, JSON.stringify(requests)],
  );
}
