import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';

/** Spells "seas": shared by every transaction that decides something, exclusive while the index is rebuilt. */
const engineLockKey = 0x73656173;

/** What commands rest on; see sync/sync-cursor.queries.ts. */
const neededSources = ['settings', 'members', 'pools', 'history', 'company', 'person'];

/** Set while this call has the index to itself: what it does must not wait for itself. */
const alone = new AsyncLocalStorage<true>();

/** The index is not complete: new, or being rebuilt. The same call succeeds afterwards. */
export class IndexBusyError extends Error {
  readonly code = 'INDEX_BUSY';
  readonly retryable = true;
  constructor() {
    super('The index is being read from Twenty; please try again in a moment. 正在从 Twenty 读取数据，请稍后再试。');
  }
}

/**
 * Keeps a rebuild away until the transaction ends.
 * @throws IndexBusyError when a rebuild is under way
 */
export async function shareIndex(manager: EntityManager): Promise<void> {
  if (alone.getStore()) return;
  const [row] = (await manager.query('SELECT pg_try_advisory_xact_lock_shared($1) AS had', [engineLockKey])) as {
    had: boolean;
  }[];
  if (!row?.had) throw new IndexBusyError();
}

/**
 * For commands: the index must have been read to its end, too.
 * @throws IndexBusyError
 */
export async function requireIndex(manager: EntityManager): Promise<void> {
  const [row] = (await manager.query(
    `SELECT ($2 OR pg_try_advisory_xact_lock_shared($1)) AS had,
            (SELECT count(*)::int FROM sync_cursor WHERE source = ANY($3) AND complete_at IS NOT NULL) AS complete`,
    [engineLockKey, alone.getStore() ?? false, neededSources],
  )) as { had: boolean; complete: number }[];
  if (!row?.had || row.complete < neededSources.length) throw new IndexBusyError();
}

/** Waits for the deciding transactions to end, then keeps new ones away while `work` runs. */
export async function withIndexAlone<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  await runner.query('SELECT pg_advisory_lock($1)', [engineLockKey]);
  try {
    return await alone.run(true, work);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [engineLockKey]);
    await runner.release();
  }
}
