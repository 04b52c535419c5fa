import type { EntityManager } from 'typeorm';
import type { CleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { type CustomerObject, type CustomerRef, customerKey } from '../domain/customer/customer';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { needsCleanUp } from './clean-up-condition';

/** What waits for a manager: a request for more time, or customers that nobody does anything about. */
export const attentionKinds = ['MORE_TIME', 'UNTOUCHED', 'UNCLAIMED', 'STALE'] as const;
export type Attention = (typeof attentionKinds)[number];

/** Since when a customer of the pool has to be in a state to count: an instant, before it; null: the pool does not ask. */
export interface AttentionPool {
  poolId: string;
  untouchedBefore: string | null;
  unclaimedBefore: string | null;
  cleanUp: CleanUpBounds;
}

/** The present owner's request that nobody has decided; the same as `waitingRequest` in domain/hold. */
const waits = `h.object = c.object AND h.record_id = c.record_id AND h.kind = 'REQUEST' AND h.state = 'WAITING' AND h.member_id = c.owner_id AND h.requested_at >= c.owned_since`;

/** Somebody, or the system, gave a customer `c` to its owner, who has not followed up since. Who claimed it themselves is not waited for. */
export const isUntouched = `c.status = 'OWNED' AND (c.last_activity_at IS NULL OR c.last_activity_at < c.owned_since)`;
export const wasAssigned = `(SELECT e.type IN ('ASSIGNED', 'REASSIGNED', 'OFFBOARDED') FROM ownership_event e
   WHERE e.object = c.object AND e.record_id = c.record_id AND e.state <> 'VOID' AND e.to_id = c.owner_id AND e.from_id IS DISTINCT FROM e.to_id
   ORDER BY e.seq DESC LIMIT 1)`;

interface Condition {
  sql: string;
  parameters: Record<string, unknown>;
}

const ofPool = (condition: string) =>
  `EXISTS (SELECT 1 FROM unnest(:attentionPools::uuid[], :attentionBefore::timestamptz[]) AS limits(pool_id, before) WHERE limits.pool_id = c.pool_id AND ${condition})`;

/** That a customer `c` of one of the pools waits for its managers. */
export function attentionCondition(kind: Attention, pools: AttentionPool[]): Condition {
  const parameters = (before: (pool: AttentionPool) => string | null) => ({
    attentionPools: pools.map(({ poolId }) => poolId),
    attentionBefore: pools.map(before),
  });
  switch (kind) {
    case 'MORE_TIME':
      return {
        sql: ofPool(`c.status = 'OWNED' AND EXISTS (SELECT 1 FROM hold h WHERE ${waits})`),
        parameters: parameters(() => null),
      };
    case 'UNTOUCHED':
      return {
        sql: ofPool(`${isUntouched} AND c.owned_since < limits.before AND ${wasAssigned}`),
        parameters: parameters(({ untouchedBefore }) => untouchedBefore),
      };
    case 'UNCLAIMED':
      return {
        sql: ofPool(`c.status = 'POOLED' AND c.pooled_since < limits.before`),
        parameters: parameters(({ unclaimedBefore }) => unclaimedBefore),
      };
    case 'STALE':
      return {
        sql: needsCleanUp(':cleanUpBounds'),
        parameters: { cleanUpBounds: JSON.stringify(pools.map(({ cleanUp }) => cleanUp)) },
      };
  }
}

export async function countAttention(
  manager: EntityManager,
  pools: AttentionPool[],
  objects: readonly CustomerObject[],
): Promise<{ kind: Attention; count: number }[]> {
  const counted: { kind: Attention; count: number }[] = [];
  for (const kind of attentionKinds) {
    const { sql, parameters } = attentionCondition(kind, pools);
    const query = manager
      .createQueryBuilder(CustomerEntity, 'c')
      .where('NOT c.isDeleted')
      .andWhere('c.object = ANY(:objects)', { objects })
      .andWhere(sql, parameters);
    counted.push({ kind, count: pools.length === 0 ? 0 : await query.getCount() });
  }
  return counted;
}

export interface WaitingRequest {
  /** Counted days asked for. */
  days: number;
  reason: string;
  /** ISO instant. */
  askedAt: string;
  /** Local date up to which, included, nothing is reclaimed meanwhile. */
  waitsUntil: string;
}

/** What the owners of these customers ask for and nobody has decided yet, by `customerKey`. */
export async function waitingRequests(
  manager: EntityManager,
  refs: CustomerRef[],
): Promise<Map<string, WaitingRequest>> {
  const rows = (await manager.query(
    `SELECT c.object, c.record_id AS "recordId", coalesce(h.days, 0) AS days, h.reason, h.requested_at AS "askedAt", h.until_date::text AS "waitsUntil"
       FROM customer c JOIN hold h ON ${waits} WHERE c.record_id = ANY($1) AND c.status = 'OWNED'`,
    [refs.map(({ recordId }) => recordId)],
  )) as (CustomerRef & { days: number; reason: string; askedAt: Date; waitsUntil: string })[];
  return new Map(
    rows.map(({ object, recordId, askedAt, ...asked }) => [
      customerKey({ object, recordId }),
      { ...asked, askedAt: askedAt.toISOString() },
    ]),
  );
}
