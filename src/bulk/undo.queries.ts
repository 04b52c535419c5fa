import type { EntityManager } from 'typeorm';
import { undoableTypes } from '../domain/change/decide-undo';
import { customerKey, type CustomerObject } from '../domain/customer/customer';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';

/**
 * The confirmed events of a batch, or one event with those of the people who followed the company; oldest first. Events that do
 * not say what was before them, which an older engine may have written, are absent.
 */
export async function undoableEvents(manager: EntityManager, batchId: string): Promise<OwnershipEventEntity[]> {
  const rows = (await manager.query(
    `SELECT e.id FROM ownership_event e
       LEFT JOIN ownership_event one ON one.id = $1
      WHERE e.state = 'CONFIRMED' AND e.type = ANY($2) AND e.facts ? 'before'
        AND (e.batch_id = $1 OR e.id = $1
             OR (one.batch_id IS NOT NULL AND e.batch_id = one.batch_id AND e.facts->>'followedCompany' = one.record_id::text))`,
    [batchId, undoableTypes],
  )) as { id: string }[];
  return eventsById(
    manager,
    rows.map(({ id }) => id),
  );
}

/** In the order of writing. */
export async function eventsById(manager: EntityManager, ids: string[]): Promise<OwnershipEventEntity[]> {
  return manager
    .createQueryBuilder(OwnershipEventEntity, 'e')
    .where('e.id = ANY(:ids)', { ids })
    .orderBy('e.seq', 'ASC')
    .getMany();
}

/**
 * The id of each customer's last event that changed who has it, by `customerKey`. Whoever moved, protected or held it, or archived what
 * nobody had, changed nothing about that.
 * @param undone what is to be undone counts whatever it is
 */
export async function latestEvents(
  manager: EntityManager,
  recordIds: string[],
  undone: string[],
): Promise<Map<string, string>> {
  const rows = (await manager.query(
    `SELECT DISTINCT ON (object, record_id) object, record_id AS "recordId", id FROM ownership_event
      WHERE record_id = ANY($1) AND state <> 'VOID' AND type NOT IN ('PROTECTED', 'HELD', 'REVERTED', 'ROUTED')
        AND (type NOT IN ('ARCHIVED', 'RESTORED') OR from_id IS NOT NULL OR id = ANY($2))
      ORDER BY object, record_id, seq DESC`,
    [recordIds, undone],
  )) as { object: CustomerObject; recordId: string; id: string }[];
  return new Map(rows.map((row) => [customerKey(row), row.id]));
}
