import { company, EngineClient } from '../support/engine-client';
import { startEngineProcess } from '../support/engine-process';
import { eventually } from '../support/highseas-eventually';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const customers = Number(process.env.HIGHSEAS_BENCH_CUSTOMERS ?? 100_000);
/** Claims before the change, and at least so many during it. */
const claims = 40;
const pauseMs = 500;
const longestMs = 25 * 60_000;
const dayMs = 86_400_000;

interface Latencies {
  median: number;
  p95: number;
}

/** Under the limits of Twenty's applications: 500 calls a minute there, of which the engine allows itself 450. */
describe(`changing the days of a pool with ${customers} customers`, () => {
  let world: HighseasWorld;
  let tom: Member;
  const free: string[] = [];
  const owned: string[] = [];
  let before: Latencies;

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 0,
      sandbox: { apiRatePerMinute: 500 },
      env: {
        TWENTY_RATE_PER_MINUTE: '450',
        TWENTY_TIMEOUT_MS: '10000',
        HIGHSEAS_COMMAND_WAIT_MS: '8000',
        HIGHSEAS_LEASE_SECONDS: '15',
        HIGHSEAS_SYNC_INTERVAL_SECONDS: '10',
      },
      seed: (twenty) => {
        const pool = { customerPoolId: twenty.pools.company };
        twenty.patch('customerPool', twenty.pools.company, {
          firstFollowUpDays: null,
          followUpDays: 100,
          graceDays: null,
          claimLimit: null,
          holdingCapacity: null,
        });
        const owners = twenty.addMembers(200);
        for (let index = 0; index < customers; index += 1) {
          const ownedSince = new Date(Date.now() - (index % 60) * dayMs).toISOString();
          owned.push(
            twenty.seedCompany({
              ...pool,
              accountOwnerId: owners[index % owners.length]?.id,
              poolStatus: 'OWNED',
              ownedSince,
            }),
          );
        }
        for (let index = 0; index < 3000; index += 1)
          free.push(twenty.seedCompany({ ...pool, poolStatus: 'POOLED', pooledSince: new Date().toISOString() }));
      },
    });
    const engine = await startEngineProcess(world.engineEnv);
    world.engines.push(engine);
    await engine.ready(longestMs);
    await eventually(quiet, { withinMs: longestMs, everyMs: 2000 });
    tom = world.twenty.member('tom.baker');
  }, longestMs);
  afterAll(() => world?.close());

  async function quiet(): Promise<void> {
    const counts = await world.rows(
      `SELECT count(*) FILTER (WHERE status = 'OWNED')::int >= $1 AS read, (SELECT count(*)::int FROM clock_mark) AS stale,
              (SELECT count(*)::int FROM pending_write WHERE settled_at IS NULL) AS open FROM customer`,
      [customers],
    );
    expect(counts).toEqual([{ read: true, stale: 0, open: 0 }]);
  }

  /** One claim after the other, with a pause. */
  async function claimWhile(goesOn: (done: number) => boolean): Promise<Latencies> {
    const client = new EngineClient(world.engine.url, await world.twenty.token(tom));
    const took: number[] = [];
    while (goesOn(took.length)) {
      const startedAt = performance.now();
      const { outcomes } = await client.claim([company(free.pop() ?? '')]);
      took.push(performance.now() - startedAt);
      expect(outcomes.map(({ status }) => status)).toEqual(['DONE']);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    took.sort((a, b) => a - b);
    const at = (part: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0);
    return { median: at(0.5), p95: at(0.95) };
  }

  /** @returns how long it took */
  async function simulate(changes: Record<string, unknown>): Promise<number> {
    const client = new EngineClient(world.engine.url, await world.twenty.token(world.twenty.member('li.wei')));
    const startedAt = performance.now();
    const patch = { poolId: world.twenty.pools.company, changes };
    const { simulatePolicy } = await client.must(
      'query($patch: PolicyPatch!) { simulatePolicy(patch: $patch) { affected } }',
      { patch },
    );
    expect(simulatePolicy).toEqual({ affected: customers + claims });
    return performance.now() - startedAt;
  }

  /** Twenty shows the dates of the new policy; looked at in the sandbox itself, which costs no call. */
  function shown(days: number): number {
    const base = (id: string) => Date.parse(String(world.twenty.get('company', id)?.['ownedSince']));
    const date = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);
    return owned.filter((id) => world.twenty.get('company', id)?.['reclaimOn'] === date(base(id) + (days + 1) * dayMs))
      .length;
  }

  it('should be quiet before, with the dates of the old policy in Twenty', async () => {
    expect(shown(100)).toBe(customers);
    before = await claimWhile((done) => done < claims);
  });

  it(
    'should recompute and show them all, and let claims through meanwhile',
    async () => {
      const admin = world.sandbox.members.find(({ role }) => role === 'admin');
      if (!admin) throw new Error('No admin');
      const simulatedMs = await simulate({ followUpDays: 20 });
      const startedAt = performance.now();
      await world.twenty.edit(admin, 'customerPool', world.twenty.pools.company, { followUpDays: 120 });

      let computedMs: number | null = null;
      let shownMs: number | null = null;
      const watch = (async () => {
        await eventually(
          async () =>
            expect(
              await world.rows(`SELECT 1 FROM policy_version WHERE (policy->>'followUpDays')::int = 120`),
            ).toHaveLength(1),
          { withinMs: longestMs, everyMs: 200 },
        );
        await eventually(async () => expect(await world.rows('SELECT 1 FROM clock_mark LIMIT 1')).toEqual([]), {
          withinMs: longestMs,
          everyMs: 500,
        });
        computedMs = performance.now() - startedAt;
        await eventually(() => expect(shown(120)).toBe(customers), { withinMs: longestMs, everyMs: 5000 });
        shownMs = performance.now() - startedAt;
      })();
      const during = await claimWhile((done) => shownMs === null || done < claims);
      await watch;

      const seconds = (ms: number | null) => Math.round((ms ?? 0) / 1000);
      const ratio = (name: keyof Latencies) => Math.round((during[name] / before[name]) * 10) / 10;
      process.stdout.write(
        `${JSON.stringify({ customers, simulatedSeconds: seconds(simulatedMs), computedSeconds: seconds(computedMs), shownSeconds: seconds(shownMs), claimMs: { before, during }, ratio: { median: ratio('median'), p95: ratio('p95') } })}\n`,
      );
      expect(during.p95).toBeLessThan(2000);
    },
    longestMs,
  );
});
