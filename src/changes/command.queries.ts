import type { DataSource, EntityManager } from 'typeorm';
import { CommandEntity, type StoredOutcome } from '../storage/entities/command.entity';

/**
 * Records with an open write that no later decision may supersede: a command's, or a revert's.
 * @param options.leavingOwner count those alone that leave the customer without an owner: the ones that others wait for
 */
export async function recordsInFlight(
  manager: EntityManager,
  recordIds: string[],
  { leavingOwner = false }: { leavingOwner?: boolean } = {},
): Promise<Set<string>> {
  const rows = (await manager.query(
    `SELECT record_id AS "recordId" FROM pending_write
      WHERE settled_at IS NULL AND kind IN ('COMMAND', 'REVERT') AND record_id = ANY($1)
        AND (NOT $2::boolean OR data->>'ownerId' IS NULL)`,
    [recordIds, leavingOwner],
  )) as { recordId: string }[];
  return new Set(rows.map(({ recordId }) => recordId));
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
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
