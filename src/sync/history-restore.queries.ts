import type { EntityManager } from 'typeorm';
import type { OwnershipEventRecord } from '../twenty/records/twenty.types';

const columns =
  'id, state, type, object, record_id, from_id, from_name, to_id, to_name, actor_id, actor_name, is_system, pool_id, reason, note, rule, facts, batch_id, at, mirrored_at';

/** A table of the same columns that only this connection sees. */
export async function makeStaging(manager: EntityManager): Promise<void> {
  await dropStaging(manager);
  await manager.query(`CREATE TEMPORARY TABLE staged_event AS SELECT ${columns} FROM ownership_event WITH NO DATA`);
}

export async function dropStaging(manager: EntityManager): Promise<void> {
  await manager.query('DROP TABLE IF EXISTS pg_temp.staged_event');
}

/** @param mirroredAt ISO instant; Twenty has them already */
export async function stageEvents(
  manager: EntityManager,
  events: readonly OwnershipEventRecord[],
  mirroredAt: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO pg_temp.staged_event (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::pg_temp.staged_event, $1::jsonb)`,
    [JSON.stringify(events.flatMap((event) => toRow(event, mirroredAt)))],
  );
}

/** The history gets its numbers in the order in which it happened. */
export async function takeStaged(manager: EntityManager): Promise<void> {
  await manager.query(
    `INSERT INTO ownership_event (${columns}) SELECT ${columns} FROM pg_temp.staged_event ORDER BY at, id ON CONFLICT DO NOTHING`,
  );
}

/** An event whose record is not known even by id says nothing about anybody. */
function toRow(event: OwnershipEventRecord, mirroredAt: string) {
  if (!event.recordId) return [];
  return [
    {
      id: event.id,
      state: 'CONFIRMED',
      type: event.eventType,
      object: event.object,
      record_id: event.recordId,
      from_id: event.fromMemberId,
      from_name: event.fromName,
      to_id: event.toMemberId,
      to_name: event.toName,
      actor_id: event.actorMemberId,
      actor_name: event.actorName,
      is_system: event.isSystem,
      pool_id: event.customerPoolId,
      reason: event.reason,
      note: event.note,
      rule: event.rule,
      facts: event.facts,
      batch_id: event.batchId,
      at: event.happenedAt,
      mirrored_at: mirroredAt,
    },
  ];
}
