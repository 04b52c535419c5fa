import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

describe('the simulation of a policy', () => {
  let world: HighseasWorld;
  const overdue: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_TIMEOUT_MS: '3000' },
      seed: (twenty) => {
        const accountOwnerId = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: null, followUpDays: null });
        for (let index = 0; index < 3; index += 1) overdue.push(twenty.seedCompany({ accountOwnerId }));
      },
    });
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const simulate = async (changes: Record<string, unknown>) =>
    (await world.as(world.twenty.member('li.wei'), 'en')).must(
      `query($patch: PolicyPatch!) { simulatePolicy(patch: $patch) { affected byRule { rule count } } }`,
      { patch: { poolId: world.twenty.pools.company, changes } },
    );
  /** Snapshots that the engine keeps open while it does something else. */
  const idleSnapshots = async () =>
    (
      await world.rows<{ query: string }>(
        `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND backend_xmin IS NOT NULL`,
      )
    ).map(({ query }) => query);

  it('should count from a date that no rule went by until now, with no transaction open while Twenty is asked', async () => {
    world.sandbox.setFaults({ timeoutRate: 1, lateMs: 2500, matching: 'ReadDates', count: 1 });
    let answer: Record<string, unknown> | null = null;
    const asked = simulate({ afterDateField: 'createdAt', afterDateDays: 30 }).then((told) => (answer = told));
    const samples: boolean[] = [];
    await eventually(
      async () => {
        samples.push((await idleSnapshots()).length > 0);
        expect(answer).not.toBeNull();
      },
      { everyMs: 20 },
    );
    await asked;
    expect(answer).toEqual({
      simulatePolicy: { affected: overdue.length, byRule: [{ rule: 'AFTER_DATE', count: overdue.length }] },
    });
    expect(samples.length).toBeGreaterThan(20);
    expect(samples.filter(Boolean).length / samples.length).toBeLessThan(0.5);
  });

  it('should name a date field that there is not', async () => {
    await expect(simulate({ afterDateField: 'noSuchField', afterDateDays: 3 })).rejects.toThrow(/afterDateField/);
  });
});
