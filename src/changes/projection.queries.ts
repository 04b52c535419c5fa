import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import { CustomerEntity } from '../storage/entities/customer.entity';
import type { CustomerFields } from '../twenty/records/twenty.types';

/** What Twenty shows of a row besides its owner: the name there, the column here, and its type in SQL. */
const projected = [
  ['poolStatus', 'status', 'text'],
  ['poolId', 'pool_id', 'uuid'],
  ['ownedSince', 'owned_since', 'timestamptz'],
  ['pooledSince', 'pooled_since', 'timestamptz'],
  ['formerOwnerId', 'former_owner_id', 'uuid'],
  ['lastActivityOn', 'last_activity_on', 'date'],
  ['reclaimOn', 'reclaim_on', 'date'],
  ['reclaimRule', 'reclaim_rule', 'text'],
  ['duplicateOf', 'duplicate_of', 'text'],
] as const;
type ProjectedColumn = (typeof projected)[number][1];

/**
 * In SQL: does a managed customer's row say something else than what Twenty is known to show?
 * @param shown what Twenty shows, a jsonb expression
 * @param valueOf where the row's value of a column stands
 */
export function isUnshown(shown: string, valueOf: (column: ProjectedColumn) => string): string {
  const there = projected.map(([name, , type]) => `(${shown}->>'${name}')::${type}`).join(', ');
  const here = projected.map(([, column]) => valueOf(column)).join(', ');
  return `(${shown} IS NOT NULL AND ${valueOf('status')} IS NOT NULL AND (${there}) IS DISTINCT FROM (${here}))`;
}

const ofRow = (column: ProjectedColumn) => `c.${column}`;

/** What of a customer Twenty has to be brought in line with; empty: it is in line. */
export function unshownFields(customer: CustomerEntity): CustomerFields {
  const wanted: CustomerFields = {
    poolStatus: customer.status,
    poolId: customer.poolId,
    ownedSince: customer.ownedSince,
    pooledSince: customer.pooledSince,
    formerOwnerId: customer.formerOwnerId,
    lastActivityOn: customer.lastActivityOn,
    reclaimOn: customer.reclaimOn,
    reclaimRule: customer.reclaimRule,
    duplicateOf: customer.duplicateOf,
  };
  const shown: Record<string, unknown> = { ...customer.shown };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => (shown[name] ?? null) !== value));
}

/** Customers whose turn has come, longest waiting first. One whose command Twenty has not confirmed waits for that. */
export async function customersToShow(manager: EntityManager, limit: number): Promise<CustomerEntity[]> {
  return manager
    .createQueryBuilder(CustomerEntity, 'c')
    .where('c.show_due <= clock_timestamp() AND c.write_id IS NULL AND c.status IS NOT NULL AND NOT c.is_deleted')
    .orderBy('c.show_due', 'ASC')
    .addOrderBy('c.record_id', 'ASC')
    .take(limit)
    .getMany();
}

/** Twenty has taken what the write says. What was decided meanwhile is shown next. */
export async function noteShown(
  manager: EntityManager,
  object: CustomerRef['object'],
  winners: readonly { id: string; updatedAt: string }[],
  data: CustomerFields,
): Promise<void> {
  const merged = `(coalesce(c.shown, '{}') || $3::jsonb)`;
  await manager.query(
    `UPDATE customer c
        SET shown = ${merged}, twenty_updated_at = x."updatedAt", touched_at = clock_timestamp(), show_failures = 0,
            show_due = CASE WHEN ${isUnshown(merged, ofRow)} THEN clock_timestamp() END
       FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, "updatedAt" timestamptz)
      WHERE c.object = $1 AND c.record_id = x.id`,
    [object, JSON.stringify(winners.map(({ id, updatedAt }) => ({ id, updatedAt }))), JSON.stringify(data)],
  );
}

/** They are in line already, or Twenty no longer has them as the index does: the next reading tells. */
export async function noteNothingToShow(manager: EntityManager, customers: readonly CustomerRef[]): Promise<void> {
  if (customers.length === 0) return;
  await manager.query(
    `UPDATE customer c SET show_due = CASE WHEN ${isUnshown('c.shown', ofRow)} THEN clock_timestamp() + interval '30 seconds' END
      WHERE c.record_id = ANY($1)`,
    [customers.map(({ recordId }) => recordId)],
  );
}

/** Twenty will not have it: tried again later, less and less often. Nothing else of the customer waits for that. */
export async function noteNotShown(manager: EntityManager, recordIds: readonly string[]): Promise<void> {
  await manager.query(
    `UPDATE customer SET show_failures = show_failures + 1,
            show_due = clock_timestamp() + least(interval '1 minute' * power(2, least(show_failures, 6)), interval '1 hour')
      WHERE record_id = ANY($1)`,
    [recordIds],
  );
}

/**
 * Records were read that show something else in the engine's own fields though they had been brought in line: somebody wrote
 * over them. Put back at once twice within an hour or so, then after ten minutes, then hourly (docs/semantics.md#no-loop).
 */
export async function putBackUnshown(manager: EntityManager, customers: readonly CustomerRef[]): Promise<void> {
  if (customers.length === 0) return;
  await manager.query(
    `UPDATE customer c
        SET put_back = n.times, put_back_at = clock_timestamp(),
            show_due = clock_timestamp() + CASE WHEN n.times <= 2 THEN interval '0' WHEN n.times = 3 THEN interval '10 minutes' ELSE interval '1 hour' END
       FROM (SELECT object, record_id, CASE WHEN put_back_at > clock_timestamp() - interval '2 hours' THEN put_back + 1 ELSE 1 END AS times
               FROM customer WHERE record_id = ANY($1)) AS n
      WHERE c.object = n.object AND c.record_id = n.record_id AND c.show_due IS NULL AND c.write_id IS NULL AND NOT c.is_deleted
        AND ${isUnshown('c.shown', ofRow)}`,
    [customers.map(({ recordId }) => recordId)],
  );
}

/** A write that Twenty confirmed is shown; the rest of the row follows. */
export function shownAfterWrite(data: string): string {
  const merged = `(coalesce(c.shown, '{}') || ${data})`;
  return `shown = ${merged}, show_due = CASE WHEN ${isUnshown(merged, ofRow)} THEN clock_timestamp() END`;
}
