import { isMarked } from '../idle-clock';
import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import type { ReminderAudience } from '../domain/reminders/digest.types';

export interface LeadPool {
  poolId: string;
  leads: number[];
}

export interface ReminderScope {
  audience: ReminderAudience;
  pools: LeadPool[];
  /** Local date. */
  today: string;
}

export interface ReminderCandidate extends CustomerRef {
  poolId: string;
  /** Local date. */
  reclaimOn: string;
  /** Leads at which the member has been told of this reclaim date. */
  told: number[];
}

/** Who is told of a customer `c`: `who` is a row of member. */
const recipients: Record<ReminderAudience, string> = {
  OWNER: 'JOIN member who ON who.id = c.owner_id',
  MANAGER: `JOIN (SELECT DISTINCT pool_id, member_id FROM pool_member WHERE member_role = 'MANAGER') pm ON pm.pool_id = c.pool_id
            JOIN member who ON who.id = pm.member_id`,
};

/**
 * Customers that have reached a lead which their owner, or a manager of their pool, has not been told of. Whether there is
 * something to tell is decided by reachedLead; this only leaves out most of those where there is not. Clocks that are to be
 * looked at again and commands under way wait for the next turn.
 */
function candidates(audience: ReminderAudience): string {
  return `
    FROM customer c
    JOIN jsonb_to_recordset($1::jsonb) AS p("poolId" uuid, leads int[]) ON p."poolId" = c.pool_id
    ${recipients[audience]}
    JOIN LATERAL (
      SELECT array_agg(r.lead_days) AS leads FROM reminder r
       WHERE r.object = c.object AND r.record_id = c.record_id AND r.reclaim_on = c.reclaim_on AND r.audience = '${audience}' AND r.member_id = who.id AND r.void_at IS NULL
    ) told ON true
    WHERE c.status = 'OWNED' AND NOT c.is_deleted AND NOT ${isMarked('c')} AND who.removed_at IS NULL
      AND c.reclaim_on <= $2::date + $3::int
      AND EXISTS (SELECT 1 FROM unnest(p.leads) l WHERE l >= c.reclaim_on - $2::date AND l <> ALL (coalesce(told.leads, '{}')))
      AND c.write_id IS NULL`;
}

function parameters({ pools, today }: ReminderScope): unknown[] {
  return [JSON.stringify(pools), today, Math.max(0, ...pools.flatMap(({ leads }) => leads))];
}

/** Who may have something to be told, in a fixed order. */
export async function membersToRemind(manager: EntityManager, scope: ReminderScope): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT who.id ${candidates(scope.audience)} ORDER BY who.id`,
    parameters(scope),
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

export async function candidatesOf(
  manager: EntityManager,
  memberId: string,
  scope: ReminderScope,
): Promise<ReminderCandidate[]> {
  return (await manager.query(
    `SELECT c.object, c.record_id AS "recordId", c.pool_id AS "poolId", c.reclaim_on::text AS "reclaimOn", coalesce(told.leads, '{}') AS told
     ${candidates(scope.audience)} AND who.id = $4`,
    [...parameters(scope), memberId],
  )) as ReminderCandidate[];
}

export interface NewReminder extends CustomerRef {
  reclaimOn: string;
  leadDays: number;
}

/**
 * The table's key lets one digest have each reminder; a void one is nobody's and may be told again.
 * @returns how many are this digest's
 */
export async function insertReminders(
  manager: EntityManager,
  digest: { id: string; memberId: string; audience: ReminderAudience },
  reminders: NewReminder[],
): Promise<number> {
  const rows = (await manager.query(
    `INSERT INTO reminder (object, record_id, reclaim_on, lead_days, audience, member_id, digest_id)
     SELECT x.object, x."recordId", x."reclaimOn", x."leadDays", $2, $3, $4
       FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, "reclaimOn" date, "leadDays" int)
      ORDER BY x.object, x."recordId", x."leadDays"
     ON CONFLICT (object, record_id, reclaim_on, lead_days, audience, member_id)
       DO UPDATE SET digest_id = excluded.digest_id, void_at = NULL, superseded_at = NULL WHERE reminder.void_at IS NOT NULL
     RETURNING 1`,
    [JSON.stringify(reminders), digest.audience, digest.memberId, digest.id],
  )) as unknown[];
  return rows.length;
}

/**
 * What a digest says takes the place of what earlier ones said of the same customers and dates: a date is open in one task, not in
 * one for each lead.
 * @returns the digests that lost something
 */
export async function supersedeReminders(
  manager: EntityManager,
  digest: { id: string; memberId: string; audience: ReminderAudience },
  now: string,
): Promise<string[]> {
  const [rows] = (await manager.query(
    `UPDATE reminder r SET superseded_at = $4
       FROM reminder newer
      WHERE newer.digest_id = $1 AND newer.void_at IS NULL AND r.object = newer.object AND r.record_id = newer.record_id AND r.reclaim_on = newer.reclaim_on
        AND r.audience = $2 AND r.member_id = $3 AND r.digest_id <> $1 AND r.void_at IS NULL AND r.superseded_at IS NULL
     RETURNING r.digest_id AS id`,
    [digest.id, digest.audience, digest.memberId, now],
  )) as [{ id: string }[], number];
  return rows.map(({ id }) => id);
}

/**
 * docs/semantics.md#lead-days: a clock that moves makes old reminders void; so does another owner. A clock that is to
 * be looked at again has not moved yet. @returns the digests that lost something
 */
export async function voidReminders(manager: EntityManager, now: string): Promise<string[]> {
  const [rows] = (await manager.query(
    `UPDATE reminder r SET void_at = $1
      WHERE r.void_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM customer c JOIN member who ON who.id = r.member_id AND who.removed_at IS NULL
         WHERE c.object = r.object AND c.record_id = r.record_id AND c.status = 'OWNED' AND NOT c.is_deleted
           AND (c.reclaim_on = r.reclaim_on OR ${isMarked('c')})
           AND CASE r.audience WHEN 'OWNER' THEN c.owner_id = r.member_id
               ELSE EXISTS (SELECT 1 FROM pool_member pm WHERE pm.pool_id = c.pool_id AND pm.member_id = r.member_id AND pm.member_role = 'MANAGER') END)
     RETURNING r.digest_id AS id`,
    [now],
  )) as [{ id: string }[], number];
  return rows.map(({ id }) => id);
}

export interface OpenDigest {
  id: string;
  isLive: boolean;
}

/** Digests that Twenty or a webhook has not heard the last of, oldest first. */
export async function digestsToTell(manager: EntityManager): Promise<OpenDigest[]> {
  return (await manager.query(
    `SELECT d.id, (EXISTS (SELECT 1 FROM reminder r WHERE r.digest_id = d.id AND r.void_at IS NULL AND r.superseded_at IS NULL)
                OR EXISTS (SELECT 1 FROM reminder_notice n WHERE n.digest_id = d.id AND n.void_at IS NULL)) AS "isLive"
       FROM reminder_digest d
      WHERE d.closed_at IS NULL AND (d.sent_at IS NULL OR d.revision > d.told_revision)
      ORDER BY d.created_at, d.id`,
  )) as OpenDigest[];
}

export async function reviseDigests(manager: EntityManager, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query('UPDATE reminder_digest SET revision = revision + 1 WHERE id = ANY($1) AND closed_at IS NULL', [
    [...new Set(ids)],
  ]);
}
