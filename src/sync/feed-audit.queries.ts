import type { EntityManager } from 'typeorm';
import type { FollowedName } from '../twenty/records/followed-records.service';
import { nextSliceAt, roundMs } from './audit-pace';

export interface AuditState {
  name: FollowedName;
  /** Everything up to this id has been compared in this round. */
  after: string | null;
  /** How many records this round has compared, and how many there were when it began. */
  done: number;
  size: number;
  /** Milliseconds since the epoch, database time. */
  startedAt: number;
}

interface StateRow extends Omit<AuditState, 'startedAt'> {
  startedAt: Date;
}

const columns = 'object AS name, after, done, size, started_at AS "startedAt"';

/** Objects whose next slice is due; those that have never been looked at are. */
export async function dueAudits(manager: EntityManager, names: readonly FollowedName[]): Promise<AuditState[]> {
  await manager.query(
    `INSERT INTO feed_audit (object, size, started_at, due_at)
     SELECT x.name, (SELECT count(*) FROM feed_record f WHERE f.object = x.name), clock_timestamp(), clock_timestamp()
       FROM unnest($1::followed_object[]) AS x(name) WHERE NOT EXISTS (SELECT 1 FROM feed_audit a WHERE a.object = x.name)
     ON CONFLICT DO NOTHING`,
    [names],
  );
  const rows = (await manager.query(
    `SELECT ${columns} FROM feed_audit WHERE object = ANY($1::followed_object[]) AND due_at <= clock_timestamp()`,
    [names],
  )) as StateRow[];
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.getTime() }));
}

export async function startRound(manager: EntityManager): Promise<void> {
  await manager.query('DELETE FROM feed_audit');
}

/** A slice has been compared. @param last its last id */
export async function goOn(manager: EntityManager, state: AuditState, last: string, listed: number): Promise<void> {
  const done = state.done + listed;
  await manager.query('UPDATE feed_audit SET after = $2, done = $3, due_at = $4 WHERE object = $1', [
    state.name,
    last,
    done,
    new Date(nextSliceAt({ ...state, done })),
  ]);
}

/** The last slice has been compared: the next round begins when this one's time is over. */
export async function endRound(manager: EntityManager, { name, size, startedAt }: AuditState): Promise<void> {
  await manager.query(
    `UPDATE feed_audit SET after = NULL, done = 0, size = (SELECT count(*) FROM feed_record f WHERE f.object = $1),
            started_at = greatest($2, clock_timestamp()), due_at = greatest($2, clock_timestamp()) WHERE object = $1`,
    [name, new Date(startedAt + roundMs(size))],
  );
}

interface Gone {
  id: string;
  originId: string | null;
}

/** What the feed knows of between two ids and the listing has not. @param last null: to the end */
export async function goneFrom(
  manager: EntityManager,
  { name, after }: AuditState,
  last: string | null,
  listed: readonly string[],
): Promise<Gone[]> {
  return (await manager.query(
    `SELECT record_id AS id, origin_id AS "originId" FROM feed_record
      WHERE object = $1 AND ($2::uuid IS NULL OR record_id > $2) AND ($3::uuid IS NULL OR record_id <= $3) AND record_id <> ALL($4::uuid[])`,
    [name, after, last, listed],
  )) as Gone[];
}
