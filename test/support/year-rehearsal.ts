import { SandboxClock } from '../../packages/twenty-sandbox/src/clock';
import { advanceDays, dayAfter, demoTime } from './highseas-days';
import { eventually } from './highseas-eventually';
import { HighseasWorld } from './highseas-world';
import { type Reminder, type YearCustomer, YearModel } from './year-model';
import { randomFrom, YearScript } from './year-script';

export interface YearOptions {
  zone: string;
  days: number;
  companies: number;
  people: number;
  /** Of the script and the policies. */
  seed: number;
}

/** In the middle of a local morning in every zone that is used; holidays are announced to the end of the year that follows. */
const beginsAt = '2025-11-20T03:00:00.000Z';
const longestDayMs = 20_000;
const imported = { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null };

/**
 * Days that follow each other, each with what people do on it and what it then brings: every reclaim date, reclaim and reminder
 * of engine and Twenty against a plain reading of the rules.
 */
export function describeYear({ zone, days, companies, people, seed }: YearOptions): void {
  const random = randomFrom(seed);
  const model = new YearModel(zone);
  const seen = { reminders: 0, reclaims: 0, rules: new Set<string>() };
  let world: HighseasWorld;
  let script: YearScript;

  beforeAll(async () => {
    const behind = Date.now() - Date.parse(beginsAt);
    world = await HighseasWorld.start({
      engines: 0,
      sandbox: { clock: new SandboxClock(() => Date.now() - behind) },
      seed: (twenty) => {
        const admin = twenty.sandbox.members.find(({ role }) => role === 'admin');
        if (!admin) throw new Error('No admin');
        const members = twenty.addMembers(5);
        twenty.setVariable('TIME_ZONE', zone);
        const customer = (object: YearCustomer['object'], pool: string, id: string) =>
          model.customers.push({
            id,
            object,
            pool,
            ownerId: null,
            ownedSince: null,
            activities: [],
            opportunities: [],
            isLocked: false,
            protectedUntil: null,
            plans: [],
            told: null,
          });
        for (let index = 0; index < companies; index += 1) {
          if (index % 2 === 0) customer('company', twenty.pools.company, twenty.seedCompany());
          else customer('company', twenty.pools.east, twenty.seedCompany({ address: { addressState: 'Shanghai' } }));
        }
        for (let index = 0; index < people; index += 1)
          customer('person', twenty.pools.tradeShow, twenty.seedPerson({ createdBy: imported }));
        script = new YearScript(twenty, model, members, admin, random);
        for (const [pool, counting] of [
          [twenty.pools.company, 'CALENDAR'],
          [twenty.pools.east, 'WORKING'],
          [twenty.pools.tradeShow, 'CALENDAR'],
        ] as const) {
          const policy = script.policy(counting);
          const leads = [7, 3, 1].filter(() => random() < 0.8);
          model.pools.set(pool, { policy, leads, change: null });
          twenty.patch('customerPool', pool, {
            ...policy,
            reminderLeadDays: leads.map(String),
            reclaimCapPerRun: null,
            reclaimCapPerOwnerPerDay: null,
            holdingCapacity: null,
          });
        }
      },
    });
    await world.rows('INSERT INTO demo_clock (offset_ms) VALUES ($1)', [-behind]);
    await world.startEngine();
    await eventually(async () =>
      expect(await world.rows(`SELECT 1 FROM customer WHERE status = 'POOLED'`)).toHaveLength(model.customers.length),
    );
  });
  afterAll(() => world?.close());

  async function remindersOf(today: string): Promise<Reminder[]> {
    return world.rows<Reminder>(
      `SELECT r.record_id AS id, r.member_id AS "memberId", r.lead_days AS lead, r.reclaim_on::text AS "reclaimOn"
         FROM reminder r JOIN reminder_digest d ON d.id = r.digest_id WHERE d.run_on = $1 AND r.audience = 'OWNER'`,
      [today],
    );
  }

  /** What Twenty shows of every customer, as against the model; with what the model knows of those that differ. */
  function expectCustomers(now: string): void {
    const differing = model.customers.flatMap((customer) => {
      const { poolStatus, reclaimOn, reclaimRule } =
        world.twenty.get(customer.object, customer.id) ?? ({} as Record<string, unknown>);
      const shown = { owner: world.twenty.ownerOf(customer.object, customer.id), poolStatus, reclaimOn, reclaimRule };
      const clock = model.clockOf(customer, now);
      const expected = {
        owner: customer.ownerId,
        poolStatus: customer.ownerId === null ? 'POOLED' : 'OWNED',
        reclaimOn: clock.reclaimOn,
        reclaimRule: clock.rule,
      };
      return JSON.stringify(shown) === JSON.stringify(expected)
        ? []
        : [{ shown, expected, known: customer, pool: model.pools.get(customer.pool), leaves: model.leaves }];
    });
    expect({ now, differing }).toEqual({ now, differing: [] });
  }

  it(
    `should remind and reclaim on the right day for ${days} days in ${zone} (seed ${seed})`,
    async () => {
      const changes = new Map([
        [Math.floor(days / 3), world.twenty.pools.company],
        [Math.floor(days / 2), world.twenty.pools.east],
      ]);
      const told = new Map<string, Reminder[]>();
      const note = (today: string, reminders: Reminder[]) =>
        told.set(today, [...(told.get(today) ?? []), ...reminders]);
      for (let day = 0; day < days; day += 1) {
        const { now, today } = await demoTime(world);
        const pool = changes.get(day);
        if (pool)
          await script.changePolicy(pool, script.policy(model.pools.get(pool)?.policy.dayCounting ?? 'CALENDAR'));
        else await script.day();

        // What was done today is looked at today; then the next day begins.
        const evening = model.turn(today, now);
        const moved = await advanceDays(world, 1);
        expect(moved.today).toBe(dayAfter(today));
        const morning = model.turn(moved.today, moved.now);
        note(today, evening.reminders);
        note(moved.today, morning.reminders);

        const context = { day, today: moved.today };
        expect({ ...context, reclaimed: moved.reclaimed }).toEqual({
          ...context,
          reclaimed: evening.reclaimed.length + morning.reclaimed.length,
        });
        expectCustomers(moved.now);
        for (const on of [today, moved.today])
          expect({ on, reminders: sorted(await remindersOf(on)) }).toEqual({
            on,
            reminders: sorted(told.get(on) ?? []),
          });
        const reclaimed = [...evening.reclaimed, ...morning.reclaimed];
        seen.reclaims += reclaimed.length;
        seen.reminders += evening.reminders.length + morning.reminders.length;
        for (const { rule } of reclaimed) seen.rules.add(rule);
      }
    },
    days * longestDayMs,
  );

  it('should have written one event for each reclaim, by the system and with its rule', async () => {
    const events = await world.rows<{ rule: string; system: boolean }>(
      `SELECT rule, is_system AS system FROM ownership_event WHERE type = 'RECLAIMED' AND state = 'CONFIRMED'`,
    );
    expect(events).toHaveLength(seen.reclaims);
    expect(events.filter(({ system }) => !system)).toEqual([]);
    expect(new Set(events.map(({ rule }) => rule))).toEqual(seen.rules);
  });

  it('should have had enough to do for that to mean something', () => {
    expect(seen.reclaims).toBeGreaterThan(days / 3);
    expect(seen.reminders).toBeGreaterThan(days / 3);
  });
}

function sorted(reminders: Reminder[]): string[] {
  return reminders.map(({ id, memberId, lead, reclaimOn }) => `${id} ${memberId} ${lead} ${reclaimOn}`).sort();
}
