import { randomUUID } from 'node:crypto';
import { seedPooled } from '../support/clean-up-history';
import { eventually } from '../support/highseas-eventually';
import { holdLock, waitForWaiting } from '../support/highseas-locks';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { Turns } from '../support/highseas-turns';
import { HighseasWorld } from '../support/highseas-world';

const writes = 'mutation WriteCompanies';
/** More than one batch of each pool. */
const many = 230;

interface Step {
  name: string;
  /** Prepares the place where the run comes to stand. @returns what waits until it stands there, and what lets it go */
  arrange: (
    world: HighseasWorld,
    ids: string[],
  ) => Promise<{ reached: () => Promise<unknown>; letGo: () => Promise<unknown> }>;
}

const openWrites = async (world: HighseasWorld, ids: string[]) =>
  (
    await world.rows<{ n: number }>(
      'SELECT count(*)::int AS n FROM pending_write WHERE record_id = ANY($1) AND settled_at IS NULL',
      [ids],
    )
  )[0]?.n;
const shown = ({ twenty }: HighseasWorld, ids: string[]) =>
  ids.filter((id) => twenty.get('company', id)?.['poolStatus'] === 'ARCHIVED').length;

const steps: Step[] = [
  {
    name: 'before the decision commits',
    arrange: async (world, ids) => {
      const lock = await holdLock(world, 'SELECT 1 FROM customer WHERE record_id = ANY($1) FOR UPDATE', [ids]);
      // PostgreSQL tells the beginning of long queries alone.
      return { reached: () => waitForWaiting(world, 1, 'SELECT "c"."%'), letGo: () => lock.release() };
    },
  },
  {
    name: 'after the decision and before Twenty did it',
    arrange: async (world, ids) => {
      world.sandbox.setFaults({ timeoutBeforeRate: 1, matching: writes });
      return {
        reached: () => eventually(async () => expect(await openWrites(world, ids)).toBe(ids.length)),
        letGo: async () => world.sandbox.setFaults({}),
      };
    },
  },
  {
    name: 'after Twenty did it and before it answered',
    arrange: async (world, ids) => {
      world.sandbox.setFaults({ timeoutRate: 1, matching: writes });
      return {
        reached: () => eventually(() => expect(shown(world, ids)).toBe(ids.length)),
        letGo: async () => world.sandbox.setFaults({}),
      };
    },
  },
];

describe('cleaning up by several engines, of which some die', () => {
  let world: HighseasWorld;
  let turns: Turns;
  let crowd: string[] = [];
  /** A pool for each step, which archives nothing until its turn comes. */
  const waiting = new Map<string, { poolId: string; ids: string[] }>();

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      env: { TWENTY_TIMEOUT_MS: '30000', HIGHSEAS_COMMAND_WAIT_MS: '500', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => {
        for (const pool of [twenty.pools.company, twenty.pools.tradeShow]) {
          twenty.patch('customerPool', pool, {
            staleDays: 30,
            staleAction: 'ARCHIVE',
            graceDays: 7,
            reclaimCapPerRun: null,
          });
          crowd = [...crowd, ...Array.from({ length: many }, () => seedPooled(twenty, pool, 40))];
        }
        for (const { name } of steps) {
          const poolId = randomUUID();
          twenty.seed('customerPool', {
            ...twenty.get('customerPool', twenty.pools.company),
            id: poolId,
            name,
            isDefault: false,
            staleAction: 'LIST',
            graceDays: 0,
          });
          waiting.set(name, { poolId, ids: Array.from({ length: 3 }, () => seedPooled(twenty, poolId, 40)) });
        }
      },
    });
    turns = new Turns(world);
    await expectSettled(world);
  });
  afterAll(async () => {
    await turns?.close();
    await world?.close();
  });
  afterEach(() => world.sandbox.setFaults({}));

  it('should archive each customer once, and all of them', async () => {
    const running = await Promise.all(Array.from({ length: 6 }, () => turns.begin('clean-up')));
    await Promise.all(running.map((ended) => ended()));
    await turns.run('clean-up');
    await expectSettled(world);
    expect(shown(world, crowd)).toBe(crowd.length);
    const [counts] = await world.rows(
      `SELECT count(*)::int AS events, count(DISTINCT record_id)::int AS customers, count(DISTINCT batch_id)::int AS batches FROM ownership_event WHERE type = 'ARCHIVED' AND state = 'CONFIRMED'`,
    );
    expect(counts).toEqual({ events: crowd.length, customers: crowd.length, batches: 1 });
  });

  it.each(steps)('should end in the same state when killed $name', async ({ name, arrange }) => {
    while (world.engines.length > 1) await world.killEngine();
    const { poolId = '', ids = [] } = waiting.get(name) ?? {};
    world.twenty.patch('customerPool', poolId, { staleAction: 'ARCHIVE' });
    await turns.run('sync-pools');
    const { reached, letGo } = await arrange(world, ids);
    try {
      await turns.begin('clean-up');
      await reached();
      await world.killEngine();
    } finally {
      await letGo();
    }
    await world.startEngine();
    await turns.run('clean-up');
    await expectSettled(world);
    expect(await Promise.all(ids.map((id) => historyOf(world, id)))).toEqual(Array(3).fill(['ROUTED', 'ARCHIVED']));
    expect(shown(world, ids)).toBe(3);
  });
});
