import type { EntityManager } from 'typeorm';
import type { BatchChange } from './batch.types';
import type { CustomerObject } from '../domain/customer/customer';
import type { RelatedKind } from '../twenty/records/related-records.service';

export interface RelatedSettings {
  opportunities: boolean;
  tasks: boolean;
}

/** Customers whose open opportunities and tasks are to be looked for in Twenty and given to the new owner. */
export async function insertMoves(
  manager: EntityManager,
  operationId: string,
  changes: BatchChange[],
  { opportunities, tasks }: RelatedSettings,
): Promise<void> {
  if (!opportunities && !tasks) return;
  const rows = changes.flatMap(({ customer, event }) =>
    customer.ownerId && event.toId
      ? [
          {
            eventId: event.id,
            object: customer.object,
            recordId: customer.recordId,
            fromId: customer.ownerId,
            toId: event.toId,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO related_move (event_id, operation_id, object, record_id, from_id, to_id, opportunities, tasks)
     SELECT x."eventId", $1, x.object, x."recordId", x."fromId", x."toId", $3, $4
       FROM jsonb_to_recordset($2::jsonb) AS x("eventId" uuid, object text, "recordId" uuid, "fromId" uuid, "toId" uuid)`,
    [operationId, JSON.stringify(rows), opportunities, tasks],
  );
}

/** What moved along with the events undone moves back; nothing else does. */
export async function insertReturns(
  manager: EntityManager,
  operationId: string,
  changes: BatchChange[],
): Promise<void> {
  const rows = changes.map(({ event }) => ({ eventId: event.id, undoes: event.facts?.['undoes'] }));
  await manager.query(
    `INSERT INTO related_record (event_id, operation_id, kind, record_id, from_id, to_id, state)
     SELECT x."eventId", $1, r.kind, r.record_id, r.to_id, r.from_id, 'OPEN'
       FROM jsonb_to_recordset($2::jsonb) AS x("eventId" uuid, undoes uuid) JOIN related_record r ON r.event_id = x.undoes
      WHERE r.state = 'MOVED' AND r.from_id IS NOT NULL`,
    [operationId, JSON.stringify(rows)],
  );
}

/** Which of the records were the member's when the index last knew whose they were. */
export async function recordsOnceOf(
  manager: EntityManager,
  kind: RelatedKind,
  recordIds: string[],
): Promise<Map<string, string>> {
  const rows = (await manager.query(
    `SELECT record_id AS id, member_id AS "memberId" FROM next_step WHERE kind = $1 AND record_id = ANY($2)`,
    [kind, recordIds],
  )) as {
    id: string;
    memberId: string;
  }[];
  return new Map(rows.map(({ id, memberId }) => [id, memberId]));
}

export interface RelatedMove {
  eventId: string;
  object: CustomerObject;
  recordId: string;
  fromId: string;
  toId: string;
  opportunities: boolean;
  tasks: boolean;
}

/** Of changes that Twenty has confirmed. Those of changes that never happened are dropped. */
export async function confirmedMoves(
  manager: EntityManager,
  operationId: string,
  limit: number,
): Promise<RelatedMove[]> {
  await manager.query(
    `DELETE FROM related_move m USING ownership_event e WHERE m.operation_id = $1 AND e.id = m.event_id AND e.state = 'VOID'`,
    [operationId],
  );
  return (await manager.query(
    `SELECT m.event_id AS "eventId", m.object, m.record_id AS "recordId", m.from_id AS "fromId", m.to_id AS "toId", m.opportunities, m.tasks
       FROM related_move m JOIN ownership_event e ON e.id = m.event_id AND e.state = 'CONFIRMED' WHERE m.operation_id = $1 ORDER BY m.event_id LIMIT $2`,
    [operationId, limit],
  )) as RelatedMove[];
}

export interface OpenRecord {
  eventId: string;
  kind: RelatedKind;
  recordId: string;
  fromId: string | null;
  toId: string;
}

/** What was looked for and found takes the place of the looking. */
export async function replaceMoves(
  manager: EntityManager,
  operationId: string,
  moves: RelatedMove[],
  found: OpenRecord[],
): Promise<void> {
  await manager.query(
    `INSERT INTO related_record (event_id, operation_id, kind, record_id, from_id, to_id, state)
     SELECT x."eventId", $1, x.kind, x."recordId", x."fromId", x."toId", 'OPEN'
       FROM jsonb_to_recordset($2::jsonb) AS x("eventId" uuid, kind text, "recordId" uuid, "fromId" uuid, "toId" uuid) ON CONFLICT DO NOTHING`,
    [operationId, JSON.stringify(found)],
  );
  await manager.query('DELETE FROM related_move WHERE event_id = ANY($1)', [moves.map(({ eventId }) => eventId)]);
}

export async function openRecords(manager: EntityManager, operationId: string, limit: number): Promise<OpenRecord[]> {
  await manager.query(
    `DELETE FROM related_record r USING ownership_event e WHERE r.operation_id = $1 AND r.state = 'OPEN' AND e.id = r.event_id AND e.state = 'VOID'`,
    [operationId],
  );
  return (await manager.query(
    `SELECT r.event_id AS "eventId", r.kind, r.record_id AS "recordId", r.from_id AS "fromId", r.to_id AS "toId"
       FROM related_record r JOIN ownership_event e ON e.id = r.event_id AND e.state = 'CONFIRMED'
      WHERE r.operation_id = $1 AND r.state = 'OPEN' ORDER BY r.kind, r.from_id, r.to_id, r.record_id LIMIT $2`,
    [operationId, limit],
  )) as OpenRecord[];
}

export async function closeRecords(
  manager: EntityManager,
  records: OpenRecord[],
  moved: ReadonlySet<string>,
): Promise<void> {
  await manager.query(
    `UPDATE related_record r SET state = x.state
       FROM jsonb_to_recordset($1::jsonb) AS x("eventId" uuid, kind text, "recordId" uuid, state text)
      WHERE r.event_id = x."eventId" AND r.kind = x.kind AND r.record_id = x."recordId" AND r.state = 'OPEN'`,
    [JSON.stringify(records.map((record) => ({ ...record, state: moved.has(record.recordId) ? 'MOVED' : 'LOST' })))],
  );
}
