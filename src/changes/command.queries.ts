import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { CommandEntity, type StoredOutcome } from '../storage/entities/command.entity';

/** Is there an open write that leaves one of the records without an owner? That is worth waiting for. */
export async function isBeingFreed(manager: EntityManager, recordIds: string[]): Promise<boolean> {
  const rows = (await manager.query(
    `SELECT 1 FROM pending_write WHERE settled_at IS NULL AND record_id = ANY($1)
        AND data ? 'ownerId' AND data->>'ownerId' IS NULL LIMIT 1`,
    [recordIds],
  )) as unknown[];
  return rows.length > 0;
}

const pollMs = 50;

/** The command's outcomes as soon as none is pending, or as they are at the deadline (milliseconds since the epoch). */
export async function waitForAnswer(
  dataSource: DataSource,
  commandId: string,
  deadline: number,
): Promise<StoredOutcome[]> {
  for (;;) {
    const { outcomes } = await dataSource.manager.findOneByOrFail(CommandEntity, { id: commandId });
    if (Date.now() >= deadline || outcomes.every(({ status }) => status !== 'PENDING')) return outcomes;
    await sleep(pollMs);
  }
}
