import { EngineClient } from './engine-client';
import { advanceDays, dayAfter, demoTime } from './highseas-days';
import { eventually } from './highseas-eventually';
import type { Member } from './highseas-twenty';
import { HighseasWorld } from './highseas-world';

interface SimulationAnswer {
  affected: number;
  byDay: { on: string; count: number }[];
  byOwner: { member: { id: string; name: string }; count: number }[];
  byRule: { rule: string; count: number }[];
}

export interface PolicyChangeOptions {
  /** Owned customers, of which every second one is due tonight under the new policy. */
  customers: number;
  owners: number;
  capPerRun: number;
  capPerOwner: number;
}

const graceDays = 7;
/** Ten thousand customers take their time. */
const longestMs = 600_000;
const dayMs = 86_400_000;

/**
 * docs/semantics.md#grace, told as tests: a policy is tried out, saved, and bites when its grace is over, a cap's worth
 * a day.
 */
export function describePolicyChange({ customers, owners, capPerRun, capPerOwner }: PolicyChangeOptions): void {
  const due = customers / 2;
  let world: HighseasWorld;
  let reps: Member[] = [];
  let overdue: { id: string; ownerId: string; ownedSince: string }[] = [];
  let simulation: SimulationAnswer;
  let savedOn = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        reps = twenty.addMembers(owners);
        twenty.patch('customerPool', twenty.pools.company, {
          firstFollowUpDays: null,
          followUpDays: null,
          graceDays,
          reclaimCapPerRun: capPerRun,
          reclaimCapPerOwnerPerDay: capPerOwner,
          holdingCapacity: null,
        });
        const company = (index: number, daysAgo: number) => {
          const ownerId = reps[index % owners]?.id ?? '';
          const ownedSince = new Date(Date.now() - daysAgo * dayMs - index * 60_000).toISOString();
          const id = twenty.seedCompany({
            accountOwnerId: ownerId,
            customerPoolId: twenty.pools.company,
            poolStatus: 'OWNED',
            ownedSince,
          });
          return { id, ownerId, ownedSince };
        };
        overdue = Array.from({ length: due }, (_, index) => company(index, 200));
        for (let index = 0; index < customers - due; index += 1) company(index, 1);
      },
    });
    await settled();
  }, longestMs);
  afterAll(() => world?.close());

  const clientOf = async (mailbox: string) =>
    new EngineClient(world.engine.url, await world.twenty.token(world.twenty.member(mailbox)), 'en');

  async function simulate(changes: Record<string, unknown>, mailbox = 'li.wei'): Promise<SimulationAnswer> {
    const answer = await (
      await clientOf(mailbox)
    ).must(
      `query($patch: PolicyPatch!) { simulatePolicy(patch: $patch) { affected byDay { on count } byOwner { member { id name } count } byRule { rule count } } }`,
      { patch: { poolId: world.twenty.pools.company, changes } },
    );
    return answer['simulatePolicy'] as SimulationAnswer;
  }

  /** Nothing is under way, and Twenty shows the owners that the engine has. */
  const settled = () =>
    eventually(
      async () => {
        expect(await world.rows(`SELECT count(*)::int AS open FROM pending_write WHERE settled_at IS NULL`)).toEqual([
          { open: 0 },
        ]);
        const owners = await world.rows<{ id: string; owner: string | null }>(
          `SELECT record_id AS id, owner_id AS owner FROM customer c WHERE NOT EXISTS (SELECT 1 FROM clock_mark m WHERE m.object = c.object AND m.record_id = c.record_id)`,
        );
        expect(owners).toHaveLength(customers);
        expect(owners.filter(({ id, owner }) => world.twenty.ownerOf('company', id) !== owner)).toEqual([]);
      },
      { withinMs: 300_000, everyMs: 500 },
    );

  const everything = () =>
    world.rows(`SELECT (SELECT md5(string_agg(concat_ws(' ', record_id, status, owner_id, reclaim_on, reclaim_rule, write_id), ',' ORDER BY record_id)) FROM customer) AS customers, (SELECT count(*) FROM ownership_event) AS events,
      (SELECT count(*) FROM pending_write) AS writes, (SELECT count(*) FROM policy_version) AS versions`);

  it(
    'should say how many customers a change would reclaim: tonight none, then a cap’s worth a day, by owner and rule',
    async () => {
      const before = await everything();
      simulation = await simulate({ maxHoldDays: 120 });
      expect(await everything()).toEqual(before);

      const { today } = await demoTime(world);
      const inGrace = simulation.byDay.filter(({ on }) => on <= dayAfter(today, graceDays));
      expect(inGrace).toEqual(
        Array.from({ length: graceDays + 1 }, (_, index) => ({ on: dayAfter(today, index), count: 0 })),
      );
      const perDay = Math.min(capPerRun, capPerOwner * owners);
      expect(simulation.byDay[graceDays + 1]).toEqual({ on: dayAfter(today, graceDays + 1), count: perDay });
      expect(Math.max(...simulation.byDay.map(({ count }) => count))).toBe(perDay);
      expect(simulation.byDay.reduce((sum, { count }) => sum + count, 0)).toBe(due);
      expect(simulation.affected).toBe(due);
      expect(simulation.byOwner.map(({ count }) => count)).toEqual(reps.map(() => due / owners));
      expect(new Set(simulation.byOwner.map(({ member }) => member.name))).toEqual(
        new Set(reps.map(({ name }) => name)),
      );
      expect(simulation.byRule).toEqual([{ rule: 'MAX_HOLD', count: due }]);
    },
    longestMs,
  );

  it('should have nobody to reclaim for a policy that reclaims nobody', async () => {
    const { today } = await demoTime(world);
    const nothing = { affected: 0, byDay: [{ on: today, count: 0 }], byOwner: [], byRule: [] };
    expect(await simulate({})).toEqual(nothing);
    expect(await simulate({ maxHoldDays: 120, isActive: false })).toEqual(nothing);
  });

  it.each([
    [{ maxHoldDays: -1 }, /maxHoldDays/],
    [{ maxHoldDays: 1.5, followUpDays: 'soon' }, /maxHoldDays.*followUpDays|followUpDays.*maxHoldDays/],
    [{ maxHoldDaze: 3 }, /maxHoldDaze/],
    [{ afterDateField: 'noSuchField', afterDateDays: 3 }, /afterDateField/],
  ])('should refuse %j and name the field', async (changes, message) => {
    await expect(simulate(changes)).rejects.toThrow(message);
    await expect(simulate(changes)).rejects.toThrow(/BAD_USER_INPUT/);
  });

  it('should refuse who does not manage the pool', async () => {
    await expect(simulate({ maxHoldDays: 120 }, 'tom.baker')).rejects.toThrow(/FORBIDDEN/);
  });

  it(
    'should reclaim none before the grace ends once it is saved',
    async () => {
      savedOn = (await demoTime(world)).today;
      const admin = world.sandbox.members.find(({ role }) => role === 'admin');
      if (!admin) throw new Error('No admin');
      await world.twenty.edit(admin, 'customerPool', world.twenty.pools.company, { maxHoldDays: 120 });
      const moved = await advanceDays(world, graceDays);
      expect(moved).toMatchObject({ today: dayAfter(savedOn, graceDays), reclaimed: 0 });
      expect(world.twenty.get('company', overdue[0]?.id ?? '')).toMatchObject({
        reclaimOn: dayAfter(savedOn, graceDays + 1),
        reclaimRule: 'MAX_HOLD',
      });
    },
    longestMs,
  );

  it(
    'should then reclaim what the simulation said, day by day, oldest first',
    async () => {
      const counts: { on: string; count: number }[] = [];
      const left = new Map(
        reps.map(({ id }) => [
          id,
          overdue.filter(({ ownerId }) => ownerId === id).sort((a, b) => (a.ownedSince < b.ownedSince ? -1 : 1)),
        ]),
      );
      while (counts.length < 60 && [...left.values()].some((own) => own.length > 0)) {
        const { today, reclaimed } = await advanceDays(world, 1);
        counts.push({ on: today, count: reclaimed });
        for (const [ownerId, own] of left) {
          const gone = own.filter(({ id }) => world.twenty.ownerOf('company', id) === null);
          expect(gone.length).toBeLessThanOrEqual(capPerOwner);
          expect(gone).toEqual(own.slice(0, gone.length));
          left.set(ownerId, own.slice(gone.length));
        }
      }
      expect(counts).toEqual(simulation.byDay.filter(({ on }) => on > dayAfter(savedOn, graceDays)));
      await settled();
      expect(
        await world.rows(
          `SELECT count(*)::int AS events, count(DISTINCT record_id)::int AS customers FROM ownership_event WHERE type = 'RECLAIMED'`,
        ),
      ).toEqual([{ events: due, customers: due }]);
    },
    longestMs,
  );
}
