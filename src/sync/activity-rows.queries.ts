import type { EntityManager } from 'typeorm';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import type { ClockTarget } from '../idle-clock';
import type { ActivityFact } from './activity-fact';
import type { PlanFact } from './sources/task-facts';

/**
 * Makes the activities of these kinds that came from these records exactly `facts`, so that reading late, again or in another
 * order ends the same.
 * @returns whose activities changed by it
 */
export async function replaceActivities(
  manager: EntityManager,
  originIds: readonly string[],
  kinds: readonly ActivityKind[],
  facts: readonly ActivityFact[],
): Promise<ClockTarget[]> {
  const removed = await changedTargets(
    manager,
    `WITH fact AS (${factRows}), gone AS (
       DELETE FROM activity a WHERE a.origin_id = ANY($2) AND a.kind = ANY($3) AND NOT EXISTS (
         SELECT 1 FROM fact f WHERE f.kind = a.kind AND f.source_id = a.source_id AND f.target_object = a.target_object AND f.target_id = a.target_id)
       RETURNING a.target_object, a.target_id)
     SELECT target_object AS object, target_id AS id FROM gone`,
    [rowsOf(facts), originIds, kinds],
  );
  return [...removed, ...(await putActivities(manager, facts))];
}

/** Adds activities, or brings them up to date. @returns whose activities changed by it */
export async function putActivities(manager: EntityManager, facts: readonly ActivityFact[]): Promise<ClockTarget[]> {
  if (facts.length === 0) return [];
  return changedTargets(
    manager,
    `WITH fact AS (${factRows}), put AS (
       INSERT INTO activity AS a (kind, source_id, origin_id, target_object, target_id, at, member_id)
       SELECT DISTINCT ON (kind, source_id, target_object, target_id) kind, source_id, origin_id, target_object, target_id, at, member_id
         FROM fact ORDER BY kind, source_id, target_object, target_id, at DESC
       ON CONFLICT (kind, source_id, target_object, target_id) DO UPDATE SET at = excluded.at, member_id = excluded.member_id, origin_id = excluded.origin_id
         WHERE (a.at, a.member_id) IS DISTINCT FROM (excluded.at, excluded.member_id)
       RETURNING a.target_object, a.target_id)
     SELECT target_object AS object, target_id AS id FROM put`,
    [rowsOf(facts)],
  );
}

/** Makes the plans of these tasks exactly `plans`. @returns whose plans changed by it */
export async function replacePlans(
  manager: EntityManager,
  taskIds: readonly string[],
  plans: readonly PlanFact[],
): Promise<ClockTarget[]> {
  const rows = plans.map(({ taskId, target, memberId, dueAt }) => ({
    task_id: taskId,
    target_object: target.object,
    target_id: target.id,
    member_id: memberId,
    due_at: dueAt,
  }));
  return changedTargets(
    manager,
    `WITH planned AS (
       SELECT DISTINCT * FROM jsonb_to_recordset($1::jsonb) AS x(task_id uuid, target_object text, target_id uuid, member_id uuid, due_at timestamptz)
     ), gone AS (
       DELETE FROM plan p WHERE p.task_id = ANY($2) AND NOT EXISTS (
         SELECT 1 FROM planned x WHERE x.task_id = p.task_id AND x.target_object = p.target_object AND x.target_id = p.target_id)
       RETURNING p.target_object, p.target_id
     ), put AS (
       INSERT INTO plan AS p (task_id, target_object, target_id, member_id, due_at) SELECT * FROM planned
       ON CONFLICT (task_id, target_object, target_id) DO UPDATE SET member_id = excluded.member_id, due_at = excluded.due_at
         WHERE (p.member_id, p.due_at) IS DISTINCT FROM (excluded.member_id, excluded.due_at)
       RETURNING p.target_object, p.target_id)
     SELECT target_object AS object, target_id AS id FROM gone UNION SELECT target_object, target_id FROM put`,
    [JSON.stringify(rows), taskIds],
  );
}

export interface KnownCompletion {
  at: string;
  memberId: string | null;
}

/** Completions by task id, as they were first seen. */
export async function knownCompletions(
  manager: EntityManager,
  taskIds: readonly string[],
): Promise<Map<string, KnownCompletion>> {
  const rows = (await manager.query(
    `SELECT DISTINCT ON (origin_id) origin_id AS id, at, member_id AS "memberId" FROM activity
      WHERE kind = 'TASK_COMPLETED' AND origin_id = ANY($1) ORDER BY origin_id, at`,
    [taskIds],
  )) as { id: string; at: Date; memberId: string | null }[];
  return new Map(rows.map(({ id, at, memberId }) => [id, { at: at.toISOString(), memberId }]));
}

const factRows = `SELECT * FROM jsonb_to_recordset($1::jsonb)
  AS x(kind text, source_id uuid, origin_id uuid, target_object text, target_id uuid, at timestamptz, member_id uuid)`;

function rowsOf(facts: readonly ActivityFact[]): string {
  return JSON.stringify(
    facts.map(({ kind, sourceId, originId, target, at, memberId }) => ({
      kind,
      source_id: sourceId,
      origin_id: originId,
      target_object: target.object,
      target_id: target.id,
      at,
      member_id: memberId,
    })),
  );
}

async function changedTargets(manager: EntityManager, query: string, parameters: unknown[]): Promise<ClockTarget[]> {
  return (await manager.query(query, parameters)) as ClockTarget[];
}
