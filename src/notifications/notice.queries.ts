import type { EntityManager } from 'typeorm';
import type { CleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import type { CustomerRef } from '../domain/customer/customer';
import type { NoticeKind } from '../domain/reminders/digest.types';
import { isUntouched, needsCleanUp, wasAssigned } from '../reading';
import type { NoticedCustomer } from '../storage/entities/reminder-notice.entity';

/** Whether a customer `c` is what a notice says, if `since` is the instant it says it of. */
const isPooled = `c.status = 'POOLED' AND NOT c.is_deleted`;
const conditions: Record<NoticeKind, string> = {
  UNCLAIMED: isPooled,
  STALE: isPooled,
  RETURNED_TOO_OFTEN: isPooled,
  UNTOUCHED: `NOT c.is_deleted AND ${isUntouched}`,
};
const sinceColumns: Record<NoticeKind, string> = {
  UNCLAIMED: 'c.pooled_since',
  UNTOUCHED: 'c.owned_since',
  STALE: 'c.pooled_since',
  RETURNED_TOO_OFTEN: 'c.pooled_since',
};
/** What makes it one besides; it lasts as long as `since` stays what it is. */
const furtherConditions: Record<NoticeKind, string> = {
  UNCLAIMED: '',
  UNTOUCHED: `AND ${wasAssigned}`,
  STALE: `AND ${needsCleanUp('$4')}`,
  RETURNED_TOO_OFTEN: `AND ${needsCleanUp('$4')}`,
};

export interface NoticeRequest {
  poolId: string;
  kind: NoticeKind;
  /** Instant: in that state since before it. */
  before: string;
  /** So many are named. */
  limit: number;
  /** Of the pool, for what clean-up lists: of its two reasons the one that the notice is of. */
  cleanUp?: CleanUpBounds;
}

export interface Noticed {
  total: number;
  /** Longest waiting first. */
  customers: NoticedCustomer[];
}

export async function noticed(
  manager: EntityManager,
  { poolId, kind, before, limit, cleanUp }: NoticeRequest,
): Promise<Noticed> {
  const since = sinceColumns[kind];
  const [row] = (await manager.query(
    `WITH found AS (
       SELECT c.object, c.record_id, ${since} AS since FROM customer c
        WHERE c.pool_id = $1 AND ${since} < $2 AND ${conditions[kind]} ${furtherConditions[kind]}
     ), first AS (SELECT * FROM found ORDER BY since, record_id LIMIT $3)
     SELECT (SELECT count(*)::int FROM found) AS total,
            coalesce((SELECT jsonb_agg(jsonb_build_object('object', object, 'recordId', record_id, 'since', since) ORDER BY since, record_id) FROM first), '[]') AS customers`,
    [poolId, before, limit, ...(cleanUp ? [JSON.stringify([cleanUp])] : [])],
  )) as Noticed[];
  return row ?? { total: 0, customers: [] };
}

export interface NoticeKey {
  poolId: string;
  kind: NoticeKind;
  /** Monday of the local week. */
  weekOn: string;
}

/** Managers who have not been told this week. */
export async function managersToNotify(manager: EntityManager, { poolId, kind, weekOn }: NoticeKey): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT pm.member_id AS id FROM pool_member pm JOIN member who ON who.id = pm.member_id AND who.removed_at IS NULL
      WHERE pm.pool_id = $1 AND pm.member_role = 'MANAGER'
        AND NOT EXISTS (SELECT 1 FROM reminder_notice n WHERE n.pool_id = $1 AND n.kind = $2 AND n.week_on = $3 AND n.member_id = pm.member_id)`,
    [poolId, kind, weekOn],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** @returns false when somebody else's digest has it */
export async function insertNotice(
  manager: EntityManager,
  digest: { id: string; memberId: string },
  { poolId, kind, weekOn }: NoticeKey,
  { days, total, customers }: Noticed & { days: number },
): Promise<boolean> {
  const rows = (await manager.query(
    `INSERT INTO reminder_notice (pool_id, kind, week_on, member_id, digest_id, days, total, customers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [poolId, kind, weekOn, digest.memberId, digest.id, days, total, JSON.stringify(customers)],
  )) as unknown[];
  return rows.length > 0;
}

function stillHolds(kind: NoticeKind): string {
  return `EXISTS (SELECT 1 FROM jsonb_to_recordset(n.customers) AS x(object text, "recordId" uuid, since timestamptz)
            JOIN customer c ON c.object = x.object AND c.record_id = x."recordId" AND c.pool_id = n.pool_id AND ${sinceColumns[kind]} = x.since
           WHERE ${conditions[kind]})`;
}

/** The condition of the kind that a notice `n` is. */
function byKind(condition: (kind: NoticeKind) => string): string {
  return `(CASE n.kind ${(Object.keys(conditions) as NoticeKind[]).map((kind) => `WHEN '${kind}' THEN ${condition(kind)}`).join(' ')} END)`;
}

/**
 * A notice is void when none of the customers it names is in that state any more, when the next one has been made, or when
 * its reader no longer manages the pool. @returns the digests that lost something
 */
export async function voidNotices(manager: EntityManager, now: string): Promise<string[]> {
  const [rows] = (await manager.query(
    `UPDATE reminder_notice n SET void_at = $1
      WHERE n.void_at IS NULL AND (
            NOT ${byKind(stillHolds)}
         OR EXISTS (SELECT 1 FROM reminder_notice later WHERE later.pool_id = n.pool_id AND later.kind = n.kind AND later.member_id = n.member_id AND later.week_on > n.week_on)
         OR NOT EXISTS (SELECT 1 FROM pool_member pm JOIN member who ON who.id = pm.member_id AND who.removed_at IS NULL
                         WHERE pm.pool_id = n.pool_id AND pm.member_id = n.member_id AND pm.member_role = 'MANAGER'))
     RETURNING n.digest_id AS id`,
    [now],
  )) as [{ id: string }[], number];
  return rows.map(({ id }) => id);
}

export interface NoticeRow extends CustomerRef {
  poolId: string;
  poolName: string;
  kind: NoticeKind;
  days: number;
  total: number;
  name: string | null;
}

/** Of what a digest's notices name, that which still holds, pool by pool. */
export async function noticeRows(manager: EntityManager, digestId: string): Promise<NoticeRow[]> {
  return (await manager.query(
    `SELECT n.pool_id AS "poolId", p.name AS "poolName", n.kind, n.days, n.total, c.object, c.record_id AS "recordId", c.name
       FROM reminder_notice n JOIN pool p ON p.id = n.pool_id
       CROSS JOIN LATERAL jsonb_to_recordset(n.customers) AS x(object text, "recordId" uuid, since timestamptz)
       JOIN customer c ON c.object = x.object AND c.record_id = x."recordId" AND c.pool_id = n.pool_id
      WHERE n.digest_id = $1 AND n.void_at IS NULL
        AND ${byKind((kind) => `${sinceColumns[kind]} = x.since AND ${conditions[kind]}`)}
      ORDER BY p.name, n.pool_id, n.kind, x.since, x."recordId"`,
    [digestId],
  )) as NoticeRow[];
}
