import type { EntityManager } from 'typeorm';
import type { PastOwnership } from '../domain/assignment/auto/auto-assignment.types';
import type { AssignmentExplanation } from '../domain/assignment/auto/describe-assignment';
import { type CustomerRef, customerKey } from '../domain/customer/customer';

/** Customers of a pool that are to be given out now, longest waiting first. Those in their quiet period and those whose last decision Twenty has not confirmed wait. */
export async function dueLeads(
  manager: EntityManager,
  poolId: string,
  now: string,
  today: string,
  limit: number,
): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT object, record_id AS "recordId" FROM customer
      WHERE pool_id = $1 AND status = 'POOLED' AND NOT is_deleted AND auto_assign_due <= $2 AND write_id IS NULL
        AND (quiet_until IS NULL OR quiet_until <= $3)
      ORDER BY auto_assign_due, object, record_id LIMIT $4`,
    [poolId, now, today, limit],
  )) as CustomerRef[];
}

/** Everything in the pool becomes due, as its schedule says. */
export async function makeAllDue(manager: EntityManager, poolId: string, now: string): Promise<void> {
  await manager.query(
    `UPDATE customer SET auto_assign_due = $2 WHERE pool_id = $1 AND status = 'POOLED' AND NOT is_deleted`,
    [poolId, now],
  );
}

/** What is due in a pool whose policy gives nothing out any more is not due. */
export async function forgetDue(manager: EntityManager, poolId: string): Promise<void> {
  await manager.query(
    `UPDATE customer SET auto_assign_due = NULL WHERE pool_id = $1 AND status = 'POOLED' AND NOT is_deleted AND auto_assign_due IS NOT NULL`,
    [poolId],
  );
  await manager.query('DELETE FROM assignment_stay WHERE pool_id = $1', [poolId]);
}

/** @param dues when each is to be looked at again; null: not by itself */
export async function setDue(manager: EntityManager, dues: (CustomerRef & { due: string | null })[]): Promise<void> {
  if (dues.length === 0) return;
  await manager.query(
    `UPDATE customer c SET auto_assign_due = x.due FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, due timestamptz)
      WHERE c.object = x.object AND c.record_id = x."recordId"`,
    [JSON.stringify(dues.map(({ object, recordId, due }) => ({ object, recordId, due })))],
  );
}

/** Everybody who had one of the customers and lost it, by `customerKey`. A direct edit that was taken back gave nothing, nor did what was undone. */
export async function loadPastOwners(
  manager: EntityManager,
  refs: CustomerRef[],
): Promise<Map<string, PastOwnership[]>> {
  const rows = (await manager.query(
    `SELECT object, record_id AS "recordId", from_id AS "memberId", max(at) AS until,
            bool_or(type = 'RELEASED' AND actor_id = from_id) AS "hasReleased", bool_or(is_last AND type = 'RECLAIMED') AS "wasReclaimedLast"
       FROM (SELECT *, row_number() OVER (PARTITION BY object, record_id ORDER BY at DESC, seq DESC) = 1 AS is_last FROM ownership_event
              WHERE record_id = ANY($1) AND from_id IS NOT NULL AND to_id IS DISTINCT FROM from_id AND state <> 'VOID' AND type NOT IN ('REVERTED', 'UNDONE')) e
      GROUP BY object, record_id, from_id`,
    [refs.map(({ recordId }) => recordId)],
  )) as (CustomerRef & Omit<PastOwnership, 'until'> & { until: Date })[];
  const owners = new Map<string, PastOwnership[]>();
  for (const { object, recordId, until, ...owner } of rows) {
    const key = customerKey({ object, recordId });
    owners.set(key, [...(owners.get(key) ?? []), { ...owner, until: until.toISOString() }]);
  }
  return owners;
}

export type Stay = CustomerRef & { poolId: string; explanation: AssignmentExplanation };

/** Notes what stays and why; a reason that is the same as before keeps its time. @param given are no longer there */
export async function noteStays(
  manager: EntityManager,
  stays: Stay[],
  given: CustomerRef[],
  now: string,
): Promise<void> {
  if (given.length > 0)
    await manager.query('DELETE FROM assignment_stay WHERE record_id = ANY($1)', [
      given.map(({ recordId }) => recordId),
    ]);
  if (stays.length === 0) return;
  await manager.query(
    `INSERT INTO assignment_stay (object, record_id, pool_id, explanation, at)
     SELECT x.object, x."recordId", x."poolId", x.explanation, $2
       FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, "poolId" uuid, explanation jsonb)
     ON CONFLICT (object, record_id) DO UPDATE SET pool_id = excluded.pool_id, explanation = excluded.explanation,
       at = CASE WHEN assignment_stay.pool_id = excluded.pool_id AND assignment_stay.explanation = excluded.explanation THEN assignment_stay.at ELSE excluded.at END`,
    [JSON.stringify(stays), now],
  );
}
