import type { DataSource, EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import { inTransaction } from '../storage/transaction';
import { markCustomers } from './clock-marks.queries';

/** So few that each transaction is short. */
const chunkSize = 2000;

interface Marking {
  poolId: string;
  /** The last customer that was marked, in the order of keys; null: none yet. */
  object: CustomerRef['object'] | null;
  recordId: string | null;
}

/**
 * Has the clocks of every owned customer of these pools marked by `markPools`, which may begin only after the commit. A pool that is
 * being marked begins anew: what was marked before may have been looked at before this change.
 * @param poolIds null: of every pool that there ever was
 */
export async function requestMarking(manager: EntityManager, poolIds: string[] | null): Promise<void> {
  await manager.query(
    `INSERT INTO clock_marking (pool_id) SELECT id FROM pool WHERE $1::uuid[] IS NULL OR id = ANY($1) ORDER BY id
     ON CONFLICT (pool_id) DO UPDATE SET object = NULL, record_id = NULL`,
    [poolIds],
  );
}

/**
 * Marks what was asked for, by whichever instance, to the end: a few customers a transaction, so that nobody who wants one of them
 * waits for all of them. Several instances go on one after the other; what a dead one left, the next one finishes.
 */
export async function markPools(dataSource: DataSource): Promise<void> {
  while (await inTransaction(dataSource, markChunk));
}

/** @returns false when there is nothing left */
async function markChunk(manager: EntityManager): Promise<boolean> {
  const [marking] = (await manager.query(
    'SELECT pool_id AS "poolId", object, record_id AS "recordId" FROM clock_marking ORDER BY pool_id LIMIT 1 FOR UPDATE',
  )) as Marking[];
  if (!marking) return anyLeft(manager);
  const { poolId } = marking;
  const keys = await ownedAfter(manager, marking);
  await markCustomers(manager, keys);
  const last = keys.at(-1);
  if (last && keys.length === chunkSize)
    await manager.query('UPDATE clock_marking SET object = $2, record_id = $3 WHERE pool_id = $1', [
      poolId,
      last.object,
      last.recordId,
    ]);
  else await manager.query('DELETE FROM clock_marking WHERE pool_id = $1', [poolId]);
  return true;
}

/** Whoever waited for the row of a pool that another instance has just finished gets none, though there may be more. */
async function anyLeft(manager: EntityManager): Promise<boolean> {
  const rows = (await manager.query('SELECT 1 FROM clock_marking LIMIT 1')) as unknown[];
  return rows.length > 0;
}

/** Read without locks: a row that is locked and changes meanwhile must not make the chunk look like the last one. */
async function ownedAfter(manager: EntityManager, { poolId, object, recordId }: Marking): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT object, record_id AS "recordId" FROM customer
      WHERE pool_id = $1 AND status = 'OWNED' AND NOT is_deleted AND ($2::text IS NULL OR (object, record_id) > ($2, $3::uuid))
      ORDER BY object, record_id LIMIT ${chunkSize}`,
    [poolId, object, recordId],
  )) as CustomerRef[];
}
