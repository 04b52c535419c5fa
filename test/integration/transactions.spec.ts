import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/storage/data-source';
import { DatabaseBusyError, inTransaction } from '../../src/storage/transaction';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('a transaction', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
    await dataSource.query(
      `CREATE TABLE counter (id int PRIMARY KEY, n int NOT NULL); INSERT INTO counter VALUES (1, 0), (2, 0)`,
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const counters = async () => (await dataSource.query('SELECT n FROM counter ORDER BY id')) as { n: number }[];
  /** Somebody else has a row until told to let it go. */
  async function held(): Promise<() => Promise<void>> {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT * FROM counter WHERE id = 1 FOR UPDATE');
    return async () => {
      if (!runner.isTransactionActive) return;
      await runner.rollbackTransaction();
      await runner.release();
    };
  }
  const hurried = (onAttempt: () => Promise<void> | void) =>
    inTransaction(dataSource, async (manager) => {
      await manager.query('SET LOCAL lock_timeout = 200');
      await onAttempt();
      await manager.query('UPDATE counter SET n = n + 1 WHERE id = 2');
      await manager.query('UPDATE counter SET n = n + 1 WHERE id = 1');
    });

  it('should start again when a lock was not had in time, and do its work once', async () => {
    const before = await counters();
    const letGo = await held();
    let attempts = 0;
    await hurried(async () => {
      attempts += 1;
      if (attempts === 2) await letGo();
    });
    expect(attempts).toBe(2);
    expect(await counters()).toEqual(before.map(({ n }) => ({ n: n + 1 })));
  });

  it('should say so, and that a repeat may succeed, when the lock is not had again', async () => {
    const before = await counters();
    const letGo = await held();
    const failure: unknown = await hurried(() => undefined).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseBusyError);
    expect(failure).toMatchObject({ code: 'DATABASE_BUSY', retryable: true });
    await letGo();
    expect(await counters()).toEqual(before);
    await hurried(() => undefined);
    expect(await counters()).toEqual(before.map(({ n }) => ({ n: n + 1 })));
  });

  it('should end a deadlock with both done', async () => {
    const before = await counters();
    const met = new Set<number>();
    const both = (first: number, second: number) =>
      inTransaction(dataSource, async (manager) => {
        await manager.query('UPDATE counter SET n = n + 1 WHERE id = $1', [first]);
        met.add(first);
        while (met.size < 2) await new Promise((resolve) => setImmediate(resolve));
        await manager.query('UPDATE counter SET n = n + 1 WHERE id = $1', [second]);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await counters()).toEqual(before.map(({ n }) => ({ n: n + 2 })));
  });

  it('should throw what is no trouble of locks as it is, once', async () => {
    let attempts = 0;
    await expect(
      inTransaction(dataSource, async (manager) => {
        attempts += 1;
        await manager.query('INSERT INTO counter VALUES (1, 0)');
      }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(attempts).toBe(1);
  });
});
