import type { DataSource } from 'typeorm';
import type { ClockKeeper } from '../../src/automatic/clock-keeper.service';
import { FreshFacts } from '../../src/automatic/fresh-facts.service';
import { createDataSource } from '../../src/storage/data-source';
import type { Feed } from '../../src/sync/feed.service';
import type { MembersSync } from '../../src/sync/members-sync.service';
import type { PoolsSync } from '../../src/sync/pools-sync.service';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('facts that several jobs want at once', () => {
  let database: TestDatabase;
  const dataSources: DataSource[] = [];
  let readings = 0;
  let reading: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    database = await createTestDatabase();
    // Two engine instances.
    for (let count = 0; count < 2; count += 1) dataSources.push(await createDataSource(database.url).initialize());
  });
  beforeEach(() => {
    readings = 0;
    reading = () => Promise.resolve();
  });
  afterAll(async () => {
    for (const dataSource of dataSources) await dataSource.destroy();
    await database?.drop();
  });

  const nothing = () => Promise.resolve();
  const instances = () =>
    dataSources.map(
      (dataSource) =>
        new FreshFacts(
          dataSource,
          { sync: nothing } as unknown as MembersSync,
          { syncSettings: nothing, syncPools: nothing } as unknown as PoolsSync,
          {
            readUpToNow: () => {
              readings += 1;
              return reading();
            },
          } as unknown as Feed,
          { keep: nothing } as unknown as ClockKeeper,
        ),
    );
  const gate = () => {
    let open: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (open = resolve));
    return { open, closed };
  };
  const begun = async (count: number) => {
    while (readings < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('should be read once for all who ask while nobody has begun, in whichever instance', async () => {
    const [one, other] = instances();
    const { open, closed } = gate();
    reading = () => closed;
    const waiting = Promise.all([one?.gather(), other?.gather(), one?.gather()]);
    await begun(1);
    open();
    await waiting;
    expect(readings).toBe(1);
  });

  it('should be read again for who asks after a reading has begun', async () => {
    const [one, other] = instances();
    const { open, closed } = gate();
    reading = () => closed;
    const first = one?.gather();
    await begun(1);
    const later = [other?.gather(), one?.gather()];
    await new Promise((resolve) => setTimeout(resolve, 200));
    open();
    await Promise.all([first, ...later]);
    expect(readings).toBe(2);
  });

  it('should be read again when the reading that was waited for has failed', async () => {
    const [one, other] = instances();
    const { open, closed } = gate();
    reading = async () => {
      await closed;
      if (readings === 1) throw new Error('Twenty is away');
    };
    const waiting = Promise.allSettled([one?.gather(), other?.gather()]);
    await begun(1);
    open();
    const ends = (await waiting).map(({ status }) => status).sort();
    expect([ends, readings]).toEqual([['fulfilled', 'rejected'], 2]);
  });
});
