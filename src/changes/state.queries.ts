import type { EntityManager } from 'typeorm';
import type { DecidedStep } from './decided-step';
import { isUnshown } from './projection.queries';

/**
 * Writes the new states of locked customers. What enters a pool that assigns on entry is due; a record that was there before
 * this index began is, when the pool has given out what came no later: then it was waiting.
 * @param writeIds of the new open writes, by record id
 */
export async function updateStates(
  manager: EntityManager,
  steps: DecidedStep[],
  writeIds: Map<string, string>,
): Promise<void> {
  const rows = steps.map(({ customer, after, facts, event }) => ({
    object: customer.object,
    record_id: customer.recordId,
    status: after.status,
    pool_id: after.poolId,
    owner_id: after.ownerId,
    former_owner_id: after.formerOwnerId,
    owned_since: after.ownedSince,
    pooled_since: after.pooledSince,
    last_activity_at: after.lastActivityAt,
    last_activity_on: after.lastActivityOn,
    last_activity_kind: facts?.lastActivityKind ?? null,
    last_activity_by: facts?.lastActivityBy ?? null,
    last_opportunity_at: facts?.lastOpportunityAt ?? null,
    last_won_at: facts?.lastWonAt ?? null,
    is_won: facts?.isWon ?? customer.isWon,
    has_open_opportunity: facts?.hasOpenOpportunity ?? customer.hasOpenOpportunity,
    plan_due_at: facts?.planDueAt ?? null,
    reclaim_on: after.reclaimOn,
    reclaim_rule: after.reclaimRule,
    write_id: writeIds.get(customer.recordId) ?? customer.writeId,
    // Undone, it is back where it was; given out again at once it would not be.
    enters:
      event?.type !== 'UNDONE' &&
      after.status === 'POOLED' &&
      (customer.status !== 'POOLED' || customer.poolId !== after.poolId),
    is_news: event !== null,
  }));
  await manager.query(
    `UPDATE customer c
        SET status = x.status, pool_id = x.pool_id, owner_id = x.owner_id, former_owner_id = x.former_owner_id,
            owned_since = x.owned_since, pooled_since = x.pooled_since, last_activity_at = x.last_activity_at,
            last_activity_on = x.last_activity_on, last_activity_kind = x.last_activity_kind, last_activity_by = x.last_activity_by,
            last_opportunity_at = x.last_opportunity_at, last_won_at = x.last_won_at, is_won = x.is_won,
            has_open_opportunity = x.has_open_opportunity, plan_due_at = x.plan_due_at,
            reclaim_on = x.reclaim_on, reclaim_rule = x.reclaim_rule, write_id = x.write_id, touched_at = clock_timestamp(),
            show_due = CASE WHEN ${isUnshown('c.shown', (column) => `${column === 'duplicate_of' ? 'c' : 'x'}.${column}`)} THEN clock_timestamp() ELSE c.show_due END,
            duplicates_stale = c.duplicates_stale OR c.status IS DISTINCT FROM x.status OR c.owner_id IS DISTINCT FROM x.owner_id OR c.pool_id IS DISTINCT FROM x.pool_id,
            auto_assign_due = CASE WHEN NOT x.enters THEN c.auto_assign_due
                                   WHEN x.pool_id IN (SELECT id FROM pool WHERE policy->>'autoAssign' <> 'OFF' AND policy->>'autoAssignWhen' = 'ON_ENTRY')
                                    AND (x.is_news OR EXISTS (SELECT 1 FROM ownership_event e WHERE e.pool_id = x.pool_id AND e.type = 'ASSIGNED' AND e.is_system AND e.state <> 'VOID'
                                                                 AND (e.facts->'before'->>'pooledSince')::timestamptz <= x.pooled_since)) THEN x.pooled_since END
       FROM jsonb_to_recordset($1::jsonb) AS x(
            object text, record_id uuid, status text, pool_id uuid, owner_id uuid, former_owner_id uuid,
            owned_since timestamptz, pooled_since timestamptz, last_activity_at timestamptz, last_activity_on date,
            last_activity_kind text, last_activity_by uuid, last_opportunity_at timestamptz, last_won_at timestamptz,
            is_won boolean, has_open_opportunity boolean, plan_due_at timestamptz, reclaim_on date, reclaim_rule text, write_id uuid, enters boolean, is_news boolean)
      WHERE c.object = x.object AND c.record_id = x.record_id`,
    [JSON.stringify(rows)],
  );
}
