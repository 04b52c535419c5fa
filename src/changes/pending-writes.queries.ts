import { In, type DataSource } from 'typeorm';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { inTransaction } from '../storage/transaction';

/** Five calls' worth: enough to find equal ones, few enough to be told within the lease. */
export const mostAtOnce = 1000;

/**
 * Takes the lease of open writes that nobody holds; those that another instance is taking at this moment are passed over.
 * In the order of what they say, so that what is the same goes out in one call.
 */
export async function leaseDueWrites(dataSource: DataSource, leaseSeconds: number): Promise<PendingWriteEntity[]> {
  return inTransaction(dataSource, async (manager) => {
    const due = (await manager.query(
      `UPDATE pending_write SET leased_until = clock_timestamp() + make_interval(secs => $1), attempts = attempts + 1
        WHERE id IN (SELECT id FROM pending_write WHERE settled_at IS NULL AND leased_until <= clock_timestamp()
                      ORDER BY object, data::text, created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [leaseSeconds, mostAtOnce],
    )) as [{ id: string }[], number];
    return manager.find(PendingWriteEntity, {
      where: { id: In(due[0].map(({ id }) => id)) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  });
}

/** What Twenty shows of the records by now is what the write is conditional on from here. */
export async function moveFences(dataSource: DataSource, writes: PendingWriteEntity[]): Promise<void> {
  if (writes.length === 0) return;
  await dataSource.query(
    `UPDATE pending_write w SET fence = x.fence FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, fence jsonb)
      WHERE w.id = x.id AND w.settled_at IS NULL`,
    [JSON.stringify(writes.map(({ id, fence }) => ({ id, fence })))],
  );
}

/** Gives the lease back: anybody may try again after the pause. */
export async function postpone(dataSource: DataSource, writes: PendingWriteEntity[], pauseMs: number): Promise<void> {
  await dataSource.query(
    `UPDATE pending_write SET leased_until = clock_timestamp() + make_interval(secs => $2::float8 / 1000)
      WHERE id = ANY($1) AND settled_at IS NULL`,
    [writes.map(({ id }) => id), pauseMs],
  );
}
