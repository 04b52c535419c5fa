import type { EntityManager } from 'typeorm';
import { customerKey, type CustomerObject, type OwnershipEventType } from '../domain/customer/customer';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';

/** What the system or a manager does to a customer. A claim is its member's own, and given back by releasing. */
const undoable: readonly OwnershipEventType[] = [
  'RECLAIMED',
  'REASSIGNED',
  'ASSIGNED',
  'RELEASED',
  'OFFBOARDED',
  'ARCHIVED',
  'RESTORED',
];

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
    [batchId, undoable],
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

/** The id of each customer's last event that says who has it and where, by `customerKey`. */
export async function latestEvents(manager: EntityManager, recordIds: string[]): Promise<Map<string, string>> {
  const rows = (await manager.query(
    `SELECT DISTINCT ON (object, record_id) object, record_id AS "recordId", id FROM ownership_event
      WHERE record_id = ANY($1) AND state <> 'VOID' AND type NOT IN ('PROTECTED', 'HELD') ORDER BY object, record_id, seq DESC`,
    [recordIds],
  )) as { object: CustomerObject; recordId: string; id: string }[];
  return new Map(rows.map((row) => [customerKey(row), row.id]));
}
