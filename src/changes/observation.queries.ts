import { IsNull, Not, type EntityManager } from 'typeorm';
import { markSelected } from '../idle-clock';
import { oncePerTransaction } from '../storage/once-per-transaction';
import { MemberEntity } from '../storage/entities/member.entity';
import type { CustomerRecord } from '../twenty/records/twenty.types';

/** How often the engine has taken back a direct edit in the last hour, by record id. */
export async function recentReverts(manager: EntityManager, recordIds: string[]): Promise<Map<string, number>> {
  const rows = (await manager.query(
    `SELECT record_id AS "recordId", count(*)::int AS reverts FROM pending_write
      WHERE record_id = ANY($1) AND created_at > clock_timestamp() - interval '1 hour' AND kind = 'REVERT' GROUP BY record_id`,
    [recordIds],
  )) as { recordId: string; reverts: number }[];
  return new Map(rows.map(({ recordId, reverts }) => [recordId, reverts]));
}

export async function removedMembers(manager: EntityManager): Promise<Set<string>> {
  return oncePerTransaction(manager, 'removed members', async () => {
    const rows = await manager.find(MemberEntity, { where: { removedAt: Not(IsNull()) }, select: { id: true } });
    return new Set(rows.map(({ id }) => id));
  });
}

/** Those of the records that an offboarding has yet to decide about. */
export async function beingOffboarded(manager: EntityManager, recordIds: string[]): Promise<Set<string>> {
  const rows = (await manager.query(
    `SELECT i.record_id AS id FROM operation_item i JOIN operation o ON o.id = i.operation_id AND o.kind = 'OFFBOARD' AND o.finished_at IS NULL
      WHERE i.record_id = ANY($1) AND i.state = 'WAITING'`,
    [recordIds],
  )) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

/** Records whose reading could not count are read again. */
export async function requestReread(
  manager: EntityManager,
  records: Pick<CustomerRecord, 'object' | 'id'>[],
): Promise<void> {
  if (records.length === 0) return;
  await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT x.object, x.id, clock_timestamp() FROM jsonb_to_recordset($1::jsonb) AS x(object text, id uuid) ORDER BY x.object, x.id
     ON CONFLICT (object, record_id) DO UPDATE SET requested_at = excluded.requested_at`,
    [JSON.stringify(records.map(({ object, id }) => ({ object, id })))],
  );
}

/** Pools in which a customer's own fields decide which numbers hold, or from which date they count. */
export async function poolsThatAskTwenty(manager: EntityManager): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT id FROM pool WHERE removed_at IS NULL AND coalesce(policy->>'afterDateField', '') <> '' UNION SELECT pool_id FROM reclaim_override`,
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** What a person does counts for their company, so a move changes the clocks of both companies. To be called before the move is stored. */
export async function markCompanyMoves(manager: EntityManager, records: CustomerRecord[]): Promise<void> {
  const people = records.filter(({ object }) => object === 'PERSON').map(({ id, companyId }) => ({ id, companyId }));
  if (people.length === 0) return;
  await markSelected(
    manager,
    `WITH moved AS (
       SELECT c.company_id AS left_id, x."companyId" AS joined_id
         FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, "companyId" uuid) JOIN customer c ON c.object = 'PERSON' AND c.record_id = x.id
        WHERE c.company_id IS DISTINCT FROM x."companyId")
     SELECT object, record_id FROM customer
      WHERE object = 'COMPANY' AND status = 'OWNED' AND record_id IN (SELECT left_id FROM moved UNION SELECT joined_id FROM moved)`,
    [JSON.stringify(people)],
  );
}
