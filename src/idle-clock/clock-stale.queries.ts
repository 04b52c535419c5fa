import type { EntityManager } from 'typeorm';
import type { ActivityTarget } from '../storage/entities/activity.entity';

export interface ClockTarget {
  object: ActivityTarget;
  id: string;
}

/**
 * Marks the clocks of everybody whom something about these records counts for (semantics section 3): the customer itself, a
 * person's company, an opportunity's company and point of contact. Whoever lost something by the change has to be named, too.
 * Call it after the facts are written, in the same transaction. A mark that is there stays as old as it is.
 */
export async function markClocksStale(manager: EntityManager, targets: readonly ClockTarget[]): Promise<void> {
  if (targets.length === 0) return;
  await manager.query(
    `WITH target AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(object text, id uuid)
     ), concerned AS (
       SELECT object, id FROM target
       UNION SELECT 'COMPANY', p.company_id FROM target t JOIN customer p ON t.object = 'PERSON' AND p.object = 'PERSON' AND p.record_id = t.id
       UNION SELECT 'COMPANY', o.company_id FROM target t JOIN opportunity o ON t.object = 'OPPORTUNITY' AND o.id = t.id
       UNION SELECT 'PERSON', o.person_id FROM target t JOIN opportunity o ON t.object = 'OPPORTUNITY' AND o.id = t.id
     ), locked AS (
       SELECT c.object, c.record_id FROM customer c JOIN concerned x ON c.object = x.object AND c.record_id = x.id
        WHERE c.status IS NOT NULL ORDER BY c.object, c.record_id FOR UPDATE OF c
     )
     UPDATE customer c SET clock_stale_since = coalesce(c.clock_stale_since, clock_timestamp())
       FROM locked l WHERE c.object = l.object AND c.record_id = l.record_id`,
    [JSON.stringify(targets.map(({ object, id }) => ({ object, id })))],
  );
}
