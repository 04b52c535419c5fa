import type { EntityManager } from 'typeorm';
import type { Assignee, MatchValues } from '../domain/assignment/auto/auto-assignment.types';
import { newcomerDays, performanceDays, performanceScore } from '../domain/assignment/auto/performance-weights';
import { localDate } from '../domain/calendar/local-days';
import type { Pool } from '../domain/pool/pool-policy';
import type { WorkspaceSettings } from '../settings/workspace-settings';

interface AssigneeRow {
  memberId: string;
  name: string;
  isActive: boolean;
  isOnLeave: boolean;
  isOnDuty: boolean;
  weight: number | null;
  matchValues: MatchValues | null;
  holdingCapacity: number | null;
  joinedAt: Date | null;
}

/** Who is given customers of a pool: its members. Its managers give out, so they are not among them unless they are members too. */
export async function assigneeIds(manager: EntityManager, poolId: string): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT member_id AS id FROM pool_member WHERE pool_id = $1 AND member_role = 'MEMBER' ORDER BY id`,
    [poolId],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Members as they are now; their rows are locked by the caller, so nobody's load moves meanwhile. */
export async function loadAssignees(
  manager: EntityManager,
  ids: string[],
  pool: Pool,
  settings: WorkspaceSettings,
  pools: ReadonlyMap<string, Pool>,
  now: string,
): Promise<Assignee[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT ON (x.member_id) x.member_id AS "memberId", coalesce(m.name, '') AS name, m.id IS NOT NULL AND m.removed_at IS NULL AS "isActive",
            EXISTS (SELECT 1 FROM member_leave l WHERE l.member_id = x.member_id AND $3::date BETWEEN l.from_date AND l.until_date) AS "isOnLeave",
            x.is_on_duty AS "isOnDuty", x.weight, x.match_values AS "matchValues", x.holding_capacity AS "holdingCapacity", x.joined_at AS "joinedAt"
       FROM pool_member x LEFT JOIN member m ON m.id = x.member_id
      WHERE x.pool_id = $1 AND x.member_id = ANY($2) AND x.member_role = 'MEMBER'
      ORDER BY x.member_id, x.id`,
    [pool.id, ids, localDate(now, settings.TIME_ZONE)],
  )) as AssigneeRow[];
  const loads = await loadLoads(manager, ids, pools);
  const scores =
    pool.policy.autoAssign === 'BEST_PERFORMER'
      ? await loadScores(manager, ids, settings, now)
      : new Map<string, number>();
  const newSince = daysBefore(now, newcomerDays);
  return rows.map(({ holdingCapacity, joinedAt, weight, ...row }) => ({
    ...row,
    weight: weight ?? 1,
    score: scores.get(row.memberId) ?? 0,
    isNewcomer: joinedAt !== null && joinedAt.toISOString() > newSince,
    inPool: loads.get(row.memberId)?.get(pool.id) ?? 0,
    overall: [...(loads.get(row.memberId)?.values() ?? [])].reduce((sum, load) => sum + load, 0),
    poolLimit: holdingCapacity ?? pool.policy.holdingCapacity,
    overallLimit: settings.MEMBER_HOLDING_CAPACITY > 0 ? settings.MEMBER_HOLDING_CAPACITY : null,
  }));
}

/** Owned customers that count towards capacity, by member and pool. */
async function loadLoads(
  manager: EntityManager,
  ids: string[],
  pools: ReadonlyMap<string, Pool>,
): Promise<Map<string, Map<string, number>>> {
  const rows = (await manager.query(
    `SELECT owner_id AS "ownerId", pool_id AS "poolId", count(*)::int AS owned, count(*) FILTER (WHERE is_won)::int AS won
       FROM customer WHERE owner_id = ANY($1) AND status = 'OWNED' AND NOT is_deleted GROUP BY owner_id, pool_id`,
    [ids],
  )) as { ownerId: string; poolId: string; owned: number; won: number }[];
  const loads = new Map<string, Map<string, number>>();
  for (const { ownerId, poolId, owned, won } of rows) {
    const load = pools.get(poolId)?.policy.wonCountsTowardsCapacity ? owned : owned - won;
    loads.set(ownerId, (loads.get(ownerId) ?? new Map<string, number>()).set(poolId, load));
  }
  return loads;
}

/** Qualifying activities and won deals of the last weeks. */
async function loadScores(
  manager: EntityManager,
  ids: string[],
  settings: WorkspaceSettings,
  now: string,
): Promise<Map<string, number>> {
  const rows = (await manager.query(
    `SELECT id, (SELECT count(DISTINCT (kind, source_id))::int FROM activity WHERE member_id = id AND at > $2 AND at <= $3 AND kind = ANY($4)) AS activities,
            (SELECT count(*)::int FROM opportunity WHERE owner_id = id AND won_at > $2 AND won_at <= $3 AND stage = ANY($5) AND NOT is_deleted) AS deals
       FROM unnest($1::uuid[]) AS id`,
    [ids, daysBefore(now, performanceDays), now, settings.QUALIFYING_ACTIVITIES, settings.WON_STAGES],
  )) as { id: string; activities: number; deals: number }[];
  return new Map(rows.map(({ id, activities, deals }) => [id, performanceScore(activities, deals)]));
}

function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}
