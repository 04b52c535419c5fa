import { In, type DataSource } from 'typeorm';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';

/** Five calls' worth: enough to find equal ones, few enough to be told within the lease. */
export const mostAtOnce = 1000;

/**
 * Takes the lease of open writes that nobody holds; those that another instance is taking at this moment are passed over.
 * What somebody waits for comes first; the rest in the order of what it says, so that equal dates go out in one call.
 */
export async function leaseDueWrites(dataSource: DataSource, leaseSeconds: number): Promise<PendingWriteEntity[]> {
  return dataSource.transaction(async (manager) => {
    const due = (await manager.query(
      `UPDATE pending_write SET leased_until = clock_timestamp() + make_interval(secs => $1), attempts = attempts + 1
        WHERE id IN (SELECT id FROM pending_write WHERE settled_at IS NULL AND leased_until <= clock_timestamp()
                      ORDER BY kind NOT IN ('COMMAND', 'REVERT'), object, data::text, created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [leaseSeconds, mostAtOnce],
    )) as [{ id: string }[], number];
    return manager.find(PendingWriteEntity, {
      where: { id: In(due[0].map(({ id }) => id)) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  });
}

/** Gives the lease back: anybody may try again after the pause. */
export async function postpone(dataSource: DataSource, writes: PendingWriteEntity[], pauseMs: number): Promise<void> {
  await dataSource.query(
    `UPDATE pending_write SET leased_until = clock_timestamp() + make_interval(secs => $2::float8 / 1000)
      WHERE id = ANY($1) AND settled_at IS NULL`,
    [writes.map(({ id }) => id), pauseMs],
  );
}
