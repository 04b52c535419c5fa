import type { EntityManager } from 'typeorm';
import type { Refusal } from '../domain/refusal/refusal';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';

/** Ticks off the items of operations whose writes were settled; writes of anything else match none. @param answers refusal null: done */
export async function answerOperations(
  manager: EntityManager,
  answers: { write: PendingWriteEntity; refusal: Refusal | null }[],
): Promise<void> {
  const rows = answers.map(({ write, refusal }) => ({
    operationId: write.commandId,
    recordId: write.recordId,
    state: refusal ? 'REFUSED' : 'DONE',
    refusal,
  }));
  await manager.query(
    `UPDATE operation_item i SET state = x.state, refusal = x.refusal
       FROM jsonb_to_recordset($1::jsonb) AS x("operationId" uuid, "recordId" uuid, state text, refusal jsonb)
      WHERE i.operation_id = x."operationId" AND i.record_id = x."recordId" AND i.state = 'WRITTEN'`,
    [JSON.stringify(rows)],
  );
}
