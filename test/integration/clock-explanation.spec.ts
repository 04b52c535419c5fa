import { company, EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

interface ClockAnswer {
  recordId: string;
  reclaimOn: string | null;
  clock: {
    rules: { rule: string; base: string; days: number; deadline: string; binding: boolean }[];
    exemptions: string[];
    heldDays: number;
    text: string;
  } | null;
}

const fields = 'recordId reclaimOn clock { rules { rule base days deadline binding } exemptions heldDays text }';

describe('why a customer is reclaimed, or not', () => {
  let world: HighseasWorld;
  let tom: Member;
  const ids = { owned: '', locked: '', pooled: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        ids.owned = twenty.seedCompany();
        ids.locked = twenty.seedCompany({ isLocked: true });
        ids.pooled = twenty.seedCompany();
        twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: 7, followUpDays: 30, maxHoldDays: 90 });
      },
    });
    tom = world.twenty.member('tom.baker');
    const { done } = await (await world.as(tom)).claim([company(ids.owned), company(ids.locked)]);
    if (done !== 2) throw new Error('The customers to look at could not be claimed');
  });
  afterAll(() => world?.close());

  async function clocks(language: string): Promise<Map<string, ClockAnswer>> {
    const { customers } = (
      await (await world.as(tom, language)).must(`{ customers(first: 200) { customers { ${fields} } } }`)
    )['customers'] as { customers: ClockAnswer[] };
    return new Map(customers.map((customer) => [customer.recordId, customer]));
  }

  it('should give every rule with its base, days and deadline, and say which binds', async () => {
    const { reclaimOn, clock } = (await clocks('en')).get(ids.owned) ?? {};
    const [row] = await world.rows<{ since: Date }>('SELECT owned_since AS since FROM customer WHERE record_id = $1', [
      ids.owned,
    ]);
    const base = row?.since.toISOString();
    expect(clock).toMatchObject({ exemptions: [], heldDays: 0 });
    expect(clock?.rules).toEqual([
      { rule: 'NO_ACTIVITY', base, days: 7, deadline: reclaimOn, binding: true },
      { rule: 'MAX_HOLD', base, days: 90, deadline: expect.any(String), binding: false },
    ]);
    expect(reclaimOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('should say it in the language of who asks', async () => {
    expect((await clocks('en')).get(ids.owned)?.clock?.text).toMatch(
      /^Reclaimed on .* if there is no qualifying activity within 7 days/,
    );
    expect((await clocks('zh-CN')).get(ids.owned)?.clock?.text).toMatch(/7天内没有有效跟进.*掉入公海/);
  });

  it('should say why a customer is not reclaimed', async () => {
    expect((await clocks('en')).get(ids.locked)).toMatchObject({
      reclaimOn: null,
      clock: { exemptions: ['LOCKED'], text: expect.stringContaining('it is locked') },
    });
  });

  it('should count for its owner what falls due on each of the next days, and for nobody else', async () => {
    const { reclaimOn } = (await clocks('en')).get(ids.owned) ?? {};
    const ask = async (who: Member, days: number) =>
      (await world.as(who)).ask(`{ viewer { today dueByDay(days: ${days}) { on count } } }`);
    const dueOf = async (who: Member, days: number) =>
      (await ask(who, days)).data?.['viewer'] as { today: string; dueByDay: { on: string; count: number }[] };

    const { today, dueByDay } = await dueOf(tom, 10);
    expect(dueByDay).toHaveLength(10);
    expect(dueByDay[0]?.on).toBe(today);
    expect(dueByDay.filter(({ count }) => count > 0)).toEqual([{ on: reclaimOn, count: 1 }]);
    expect((await dueOf(tom, 8)).dueByDay.filter(({ count }) => count > 0)).toEqual([]);
    expect((await dueOf(world.twenty.member('sun.li'), 90)).dueByDay.filter(({ count }) => count > 0)).toEqual([]);
    expect((await ask(tom, 91)).errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('should have no clock for what nobody owns', async () => {
    expect((await clocks('en')).get(ids.pooled)).toMatchObject({ reclaimOn: null, clock: null });
  });

  it('should answer a command with the clock that holds after it', async () => {
    const client = new EngineClient(world.engine.url, await world.twenty.token(tom));
    const release = (
      await client.must(
        `mutation($customers: [CustomerRef!]!) { release(customers: $customers, reason: "OTHER") { done outcomes { customer { ${fields} } } } }`,
        { customers: [company(ids.owned)] },
      )
    )['release'] as { done: number; outcomes: { customer: ClockAnswer }[] };
    expect(release).toMatchObject({ done: 1, outcomes: [{ customer: { reclaimOn: null, clock: null } }] });
    await eventually(() => expect(world.twenty.get('company', ids.owned)?.['reclaimOn'] ?? null).toBeNull());
  });
});
