import type { PoolClient } from 'pg';
import { eventually } from './highseas-eventually';
import type { HighseasWorld } from './highseas-world';

/** Holds what a query locks until released, so that an engine waits there. */
export async function holdLock(
  world: HighseasWorld,
  query: string,
  parameters: unknown[],
): Promise<{ rows: number; release(): Promise<void> }> {
  const client: PoolClient = await world.sql.connect();
  await client.query('BEGIN');
  const { rowCount } = await client.query(query, parameters);
  let released = false;
  return {
    rows: rowCount ?? 0,
    release: async () => {
      if (released) return;
      released = true;
      await client.query('ROLLBACK');
      client.release();
    },
  };
}

/** Waits until so many transactions that have written to the table wait for a lock. */
export async function waitForBlocked(world: HighseasWorld, table: string, count: number): Promise<void> {
  await eventually(async () => {
    const [row] = await world.rows<{ blocked: number }>(
      `SELECT count(DISTINCT had.pid)::int AS blocked FROM pg_locks had JOIN pg_locks wanted USING (pid)
        WHERE had.relation = $1::regclass AND had.mode = 'RowExclusiveLock' AND had.granted AND NOT wanted.granted`,
      [table],
    );
    expect(row?.blocked).toBeGreaterThanOrEqual(count);
  });
}

/** Waits until so many transactions wait for somebody's row of the table. */
export async function waitForWaiting(world: HighseasWorld, count: number, query: string): Promise<void> {
  await eventually(async () => {
    const [row] = await world.rows<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
      [query],
    );
    expect(row?.waiting).toBeGreaterThanOrEqual(count);
  });
}
