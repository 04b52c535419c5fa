import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import type { ActivityTarget } from '../storage/entities/activity.entity';

export interface ClockTarget {
  object: ActivityTarget;
  id: string;
}

/** A clock that has to be looked at again. `version` changes with every mark, so that one made meanwhile is not taken off. */
export interface ClockMark extends CustomerRef {
  version: string;
}

/** In SQL: does the customer `alias` carry a mark, so that its reclaim date is not to be relied on? */
export function isMarked(alias: string): string {
  return `EXISTS (SELECT 1 FROM clock_mark m WHERE m.object = ${alias}.object AND m.record_id = ${alias}.record_id)`;
}

/**
 * Marks the clocks of the customers that a query selects. Locks no customer. Call it after the facts are written, in the same
 * transaction.
 * @param select SQL that gives `object` and `record_id`
 */
export async function markSelected(manager: EntityManager, select: string, parameters: unknown[]): Promise<void> {
  await manager.query(
    `INSERT INTO clock_mark (object, record_id)
     SELECT DISTINCT s.object, s.record_id FROM (${select}) AS s ORDER BY s.object, s.record_id
     ON CONFLICT (object, record_id) DO UPDATE SET version = excluded.version`,
    parameters,
  );
}

/** Marks the clocks of these customers. */
export async function markCustomers(manager: EntityManager, customers: readonly CustomerRef[]): Promise<void> {
  if (customers.length === 0) return;
  await markSelected(manager, `SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(object text, record_id uuid)`, [
    JSON.stringify(customers.map(({ object, recordId }) => ({ object, record_id: recordId }))),
  ]);
}

/**
 * Marks the clocks of everybody whom something about these records counts for (docs/semantics.md#where-work-counts): the customer itself, a
 * person's company, an opportunity's company and point of contact. Whoever lost something by the change has to be named, too.
 */
export async function markClocksStale(manager: EntityManager, targets: readonly ClockTarget[]): Promise<void> {
  if (targets.length === 0) return;
  await markSelected(
    manager,
    `WITH target AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(object text, id uuid)
     ), concerned AS (
       SELECT object, id FROM target
       UNION SELECT 'COMPANY', p.company_id FROM target t JOIN customer p ON t.object = 'PERSON' AND p.object = 'PERSON' AND p.record_id = t.id
       UNION SELECT 'COMPANY', o.company_id FROM target t JOIN opportunity o ON t.object = 'OPPORTUNITY' AND o.id = t.id
       UNION SELECT 'PERSON', o.person_id FROM target t JOIN opportunity o ON t.object = 'OPPORTUNITY' AND o.id = t.id
     )
     SELECT c.object, c.record_id FROM customer c JOIN concerned x ON c.object = x.object AND c.record_id = x.id
      WHERE c.status IS NOT NULL`,
    [JSON.stringify(targets.map(({ object, id }) => ({ object, id })))],
  );
}

/**
 * Takes marks off, each only as it was seen; call it before the facts are read. Whoever marks one of them at the same moment
 * waits for this transaction and marks it anew.
 */
export async function unmark(manager: EntityManager, marks: readonly ClockMark[]): Promise<void> {
  await manager.query(
    `DELETE FROM clock_mark m USING (
       SELECT k.object, k.record_id FROM clock_mark k
         JOIN jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, version bigint)
           ON k.object = x.object AND k.record_id = x."recordId" AND k.version = x.version
        ORDER BY k.object, k.record_id FOR UPDATE OF k) AS seen
      WHERE m.object = seen.object AND m.record_id = seen.record_id`,
    [JSON.stringify(marks.map(({ object, recordId, version }) => ({ object, recordId, version })))],
  );
}

/** Which of these records carry a mark, by record id. */
export async function markedAmong(manager: EntityManager, recordIds: readonly string[]): Promise<Set<string>> {
  const rows = (await manager.query('SELECT record_id AS id FROM clock_mark WHERE record_id = ANY($1)', [
    recordIds,
  ])) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}
