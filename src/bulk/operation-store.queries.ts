import type { EntityManager } from 'typeorm';
import { OperationEntity } from '../storage/entities/operation.entity';
import type { OperationItemEntity, OperationItemState } from '../storage/entities/operation-item.entity';

export type NewOperationItem = Pick<
  OperationItemEntity,
  'object' | 'recordId' | 'headId' | 'expectedOwnerId' | 'toMemberId' | 'eventId' | 'state' | 'refusal'
>;

const rowsPerInsert = 5000;

/** In the order given. A customer has one item in an operation. */
export async function insertItems(
  manager: EntityManager,
  operationId: string,
  items: NewOperationItem[],
): Promise<void> {
  for (let start = 0; start < items.length; start += rowsPerInsert) {
    const rows = items.slice(start, start + rowsPerInsert).map((item, index) => ({ ...item, ordinal: start + index }));
    await manager.query(
      `INSERT INTO operation_item (operation_id, ordinal, object, record_id, head_id, expected_owner_id, to_member_id, event_id, state, refusal)
       SELECT $1, x.ordinal, x.object, x."recordId", x."headId", x."expectedOwnerId", x."toMemberId", x."eventId", x.state, x.refusal
         FROM jsonb_to_recordset($2::jsonb) AS x(ordinal integer, object text, "recordId" uuid, "headId" uuid, "expectedOwnerId" uuid,
              "toMemberId" uuid, "eventId" uuid, state text, refusal jsonb)`,
      [operationId, JSON.stringify(rows)],
    );
  }
}

/** Those looked at least often come first, so that a customer whose last change is still under way keeps nobody waiting. */
export async function waitingItems(
  manager: EntityManager,
  operationId: string,
  limit: number,
): Promise<OperationItemEntity[]> {
  return (await manager.query(
    `SELECT operation_id AS "operationId", ordinal, object, record_id AS "recordId", head_id AS "headId", expected_owner_id AS "expectedOwnerId",
            to_member_id AS "toMemberId", event_id AS "eventId", state, refusal, looks
       FROM operation_item WHERE operation_id = $1 AND state = 'WAITING' ORDER BY looks, ordinal LIMIT $2`,
    [operationId, limit],
  )) as OperationItemEntity[];
}

export interface ItemVerdict {
  ordinal: number;
  state: OperationItemState;
  refusal: OperationItemEntity['refusal'];
}

export async function setItems(manager: EntityManager, operationId: string, verdicts: ItemVerdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  await manager.query(
    `UPDATE operation_item i SET state = x.state, refusal = x.refusal, looks = looks + 1
       FROM jsonb_to_recordset($2::jsonb) AS x(ordinal integer, state text, refusal jsonb) WHERE i.operation_id = $1 AND i.ordinal = x.ordinal`,
    [operationId, JSON.stringify(verdicts)],
  );
}

export interface OperationCounts {
  waiting: number;
  written: number;
  done: number;
  refused: number;
}

export async function countItems(manager: EntityManager, operationId: string): Promise<OperationCounts> {
  const [row] = (await manager.query(
    `SELECT count(*) FILTER (WHERE state = 'WAITING')::int AS waiting, count(*) FILTER (WHERE state = 'WRITTEN')::int AS written,
            count(*) FILTER (WHERE state = 'DONE')::int AS done, count(*) FILTER (WHERE state = 'REFUSED')::int AS refused
       FROM operation_item WHERE operation_id = $1`,
    [operationId],
  )) as OperationCounts[];
  return row ?? { waiting: 0, written: 0, done: 0, refused: 0 };
}

/** Holds the operation until the transaction ends. @returns null when it is over */
export async function lockOpenOperation(manager: EntityManager, operationId: string): Promise<OperationEntity | null> {
  const operation = await manager.findOne(OperationEntity, {
    where: { id: operationId },
    lock: { mode: 'pessimistic_write' },
  });
  return operation?.finishedAt === null ? operation : null;
}

/** Is something that was decided for the operation not settled yet? */
export async function hasLooseEnds(manager: EntityManager, operationId: string): Promise<boolean> {
  const [row] = (await manager.query(
    `SELECT EXISTS (SELECT 1 FROM operation_item WHERE operation_id = $1 AND state = 'WRITTEN') OR EXISTS (SELECT 1 FROM related_move WHERE operation_id = $1)
         OR EXISTS (SELECT 1 FROM related_record WHERE operation_id = $1 AND state = 'OPEN') AS loose`,
    [operationId],
  )) as { loose: boolean }[];
  return row?.loose ?? false;
}

/**
 * Ends an operation. What an offboarding did not do is left to the next reading of Twenty, which sends it to its pool.
 * @param at ISO instant
 */
export async function closeOperation(
  manager: EntityManager,
  operation: OperationEntity,
  end: { status: OperationEntity['status']; error: string | null; at: string },
): Promise<void> {
  await manager.update(
    OperationEntity,
    { id: operation.id },
    { status: end.status, error: end.error, finishedAt: end.at },
  );
  if (operation.kind !== 'OFFBOARD') return;
  await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT object, record_id, clock_timestamp() FROM operation_item WHERE operation_id = $1 AND state IN ('REFUSED', 'SKIPPED') ORDER BY object, record_id
     ON CONFLICT DO NOTHING`,
    [operation.id],
  );
}
