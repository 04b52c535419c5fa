import { randomUUID } from 'node:crypto';
import { SandboxClock } from '../../packages/twenty-sandbox/src/clock';
import { company, EngineClient } from '../support/engine-client';
import { advanceDays, dayAfter, demoTime } from '../support/highseas-days';
import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const tenures = 'taken reclaimed released won reclaimRate conversionRate medianHoursToClaim medianHoursToFirstActivity';
const query = `query($poolId: ID, $days: Int) { figures(poolId: $poolId, days: $days) {
  from to flow { on into out } total { ${tenures} } byPool { pool { id } figures { ${tenures} } }
  byMember { member { name } ownsNow figures { ${tenures} } } reasons { type reason count } } }`;
const nothing = {
  taken: 0,
  reclaimed: 0,
  released: 0,
  won: 0,
  reclaimRate: null,
  conversionRate: null,
  medianHoursToClaim: null,
  medianHoursToFirstActivity: null,
};
/** A week passes, each day with all that it brings. */
const storyMs = 240_000;

type Tenures = Record<keyof typeof nothing, number | null>;
interface FiguresAnswer {
  from: string;
  to: string;
  flow: { on: string; into: number; out: number }[];
  total: Tenures;
  byPool: { pool: { id: string }; figures: Tenures }[];
  byMember: { member: { name: string }; ownsNow: number; figures: Tenures }[];
  reasons: { type: string; reason: string | null; count: number }[];
}

describe('the figures of pools', () => {
  let world: HighseasWorld;
  let firstDay = '';
  const ids: string[] = [];

  /** Tokens do not live as long as this story. */
  const as = async (mailbox: string) =>
    new EngineClient(world.engine.url, await world.twenty.token(world.twenty.member(mailbox)), 'en');
  const at = (index: number) => company(ids[index] ?? '');
  const day = (index: number) => dayAfter(firstDay, index);
  const about = (hours: number) => expect.closeTo(hours, 0) as number;

  async function ask(mailbox: string, variables: Record<string, unknown> = {}): Promise<FiguresAnswer> {
    return (await (await as(mailbox)).must(query, variables))['figures'] as FiguresAnswer;
  }
  async function run(
    mailbox: string,
    command: string,
    types: string,
    variables: Record<string, unknown>,
  ): Promise<{ done: number; batchId: string }> {
    const names = [...types.matchAll(/\$(\w+)/g)].map(([, name]) => `${name}: $${name}`).join(', ');
    const answer = (
      await (await as(mailbox)).must(`mutation(${types}) { ${command}(${names}) { done batchId } }`, variables)
    )[command] as { done: number; batchId: string };
    expect(answer.done).toBe(1);
    return answer;
  }
  async function undo(mailbox: string, id: string): Promise<void> {
    const jobs = new JobsClient(await as(mailbox));
    expect(await jobs.finished((await jobs.undo(id)).id)).toMatchObject({ done: 1, refused: 0 });
  }
  /** Only days on which something moved. */
  const moved = ({ flow }: FiguresAnswer) => flow.filter(({ into, out }) => into + out > 0);
  /** Name, owns now, taken, reclaimed, released, won. */
  const members = ({ byMember }: FiguresAnswer) =>
    byMember.map(({ member, ownsNow, figures: { taken, reclaimed, released, won } }) => [
      member.name,
      ownsNow,
      taken,
      reclaimed,
      released,
      won,
    ]);

  beforeAll(async () => {
    world = await HighseasWorld.start({
      sandbox: { clock: new SandboxClock() },
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: 5, followUpDays: 30 });
        twenty.patch('customerPool', twenty.pools.tradeShow, { firstFollowUpDays: 3 });
      },
    });
    await beginInTheMorning();
    await daysZeroToSeven();
    await expectSettled(world);
  }, storyMs);
  afterAll(() => world?.close());

  /** So that no midnight falls into the middle of a day's work. */
  async function beginInTheMorning(): Promise<void> {
    const { now } = await demoTime(world);
    const advanceHours = (24 + 10 - ((new Date(now).getUTCHours() + 8) % 24)) % 24;
    if (advanceHours > 0)
      await fetch(`${world.engine.url}/demo/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advanceHours }),
      });
    firstDay = (await demoTime(world)).today;
  }

  async function daysZeroToSeven(): Promise<void> {
    const { twenty } = world;
    const [tom, emma] = [twenty.member('tom.baker'), twenty.member('emma.clark')];
    for (let index = 0; index < 8; index += 1)
      ids.push(await twenty.create(twenty.member('alice.morgan'), 'Company', { name: `Customer ${index}` }));
    await eventually(async () =>
      expect(
        await world.rows(`SELECT 1 FROM ownership_event WHERE state = 'CONFIRMED' AND type = 'ROUTED'`),
      ).toHaveLength(8),
    );

    await advanceDays(world, 1);
    expect(await (await as('tom.baker')).claim([at(0), at(1), at(2), at(3)])).toMatchObject({ done: 4 });
    expect(await (await as('emma.clark')).claim([at(4)])).toMatchObject({ done: 1 });
    const mistaken = await run('li.wei', 'assign', '$customers: [CustomerRef!]!, $toMemberId: ID!', {
      customers: [at(5)],
      toMemberId: emma.id,
    });
    await undo('li.wei', mistaken.batchId);
    await run('li.wei', 'moveToPool', '$customers: [CustomerRef!]!, $poolId: ID!', {
      customers: [at(6)],
      poolId: twenty.pools.tradeShow,
    });
    await run('li.wei', 'archive', '$customers: [CustomerRef!]!, $reason: String!', {
      customers: [at(7)],
      reason: 'Closed down',
    });

    await advanceDays(world, 1);
    const said = (
      await (
        await as('tom.baker')
      ).must('mutation($customer: CustomerRef!) { logFollowUp(customer: $customer, note: "Called") { status } }', {
        customer: at(2),
      })
    )['logFollowUp'];
    expect(said).toEqual({ status: 'DONE' });
    expect(await (await as('tom.baker')).release([at(1)], { reason: 'NO_NEED' })).toMatchObject({ done: 1 });
    expect(await (await as('sophie.turner')).claim([at(6)])).toMatchObject({ done: 1 });

    await advanceDays(world, 2);
    const deal = await twenty.create(tom, 'Opportunity', {
      name: 'Deal',
      companyId: ids[3],
      ownerId: tom.id,
      stage: 'NEW',
    });
    await twenty.edit(tom, 'Opportunity', deal, { stage: 'CUSTOMER' });
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM opportunity WHERE won_at IS NOT NULL')).toHaveLength(1),
    );

    // Customer 6 on day 6, after three days without a follow-up; 0 and 4 on day 7, after five.
    expect(await advanceDays(world, 3)).toMatchObject({ reclaimed: 3, today: day(7) });
    await undo('li.wei', (await (await as('li.wei')).history(at(4))).at(-1)?.id ?? '');
  }

  it('should tell a manager what came into the pool and went out of it, day by day', async () => {
    const figures = await ask('li.wei', { poolId: world.twenty.pools.company, days: 8 });
    expect([figures.from, figures.to]).toEqual([day(0), day(7)]);
    expect(figures.flow.map(({ on }) => on)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(day));
    expect(moved(figures)).toEqual([
      { on: day(0), into: 8, out: 0 },
      // Five claimed, one moved, one archived; the one that was assigned by mistake never went.
      { on: day(1), into: 0, out: 7 },
      { on: day(2), into: 1, out: 0 },
      // One reclaimed; the reclaim that was undone never came.
      { on: day(7), into: 1, out: 0 },
    ]);
  });

  it('should tell how what was taken ended, and how long things took', async () => {
    const { total, byPool } = await ask('li.wei', { poolId: world.twenty.pools.company, days: 8 });
    expect(total).toEqual({
      taken: 5,
      reclaimed: 1,
      released: 1,
      won: 1,
      reclaimRate: 0.2,
      conversionRate: 0.2,
      medianHoursToClaim: about(24),
      // One after a day, one after three, the others never.
      medianHoursToFirstActivity: about(48),
    });
    expect(byPool).toEqual([{ pool: { id: world.twenty.pools.company }, figures: total }]);
  });

  it('should tell who took what, and what they have now', async () => {
    const figures = await ask('li.wei', { poolId: world.twenty.pools.company, days: 8 });
    expect(members(figures)).toEqual([
      ['Tom Baker', 2, 4, 1, 1, 1],
      ['Emma Clark', 1, 1, 0, 0, 0],
    ]);
    expect(figures.byMember[0]?.figures).toMatchObject({
      reclaimRate: 0.25,
      conversionRate: 0.25,
      medianHoursToFirstActivity: about(48),
    });
    expect(figures.byMember[1]?.figures).toMatchObject({ reclaimRate: 0, medianHoursToFirstActivity: null });
  });

  it('should count why customers were given back or archived', async () => {
    expect((await ask('li.wei', { days: 8 })).reasons).toEqual([
      { type: 'ARCHIVED', reason: 'Closed down', count: 1 },
      { type: 'RELEASED', reason: 'NO_NEED', count: 1 },
    ]);
  });

  it('should count a customer that was moved in the pool it came to, and its wait from then on', async () => {
    const figures = await ask('daniel.reed', { poolId: world.twenty.pools.tradeShow, days: 8 });
    expect(moved(figures)).toEqual([
      { on: day(1), into: 1, out: 0 },
      { on: day(2), into: 0, out: 1 },
      { on: day(6), into: 1, out: 0 },
    ]);
    expect(figures.total).toEqual({
      ...nothing,
      taken: 1,
      reclaimed: 1,
      reclaimRate: 1,
      conversionRate: 0,
      medianHoursToClaim: about(24),
    });
    expect(members(figures)).toEqual([['Sophie Turner', 0, 1, 1, 0, 0]]);
  });

  it('should judge by when something was taken, and still name those who had it', async () => {
    const figures = await ask('li.wei', { days: 6 });
    expect(figures.from).toBe(day(2));
    expect(figures.total).toEqual(nothing);
    expect(members(figures)).toEqual([
      ['Tom Baker', 2, 0, 0, 0, 0],
      ['Emma Clark', 1, 0, 0, 0, 0],
    ]);
    expect(figures.reasons).toEqual([{ type: 'RELEASED', reason: 'NO_NEED', count: 1 }]);
  });

  it('should add up all that the caller manages, in the order of routing: one pool of a manager, every pool of an admin', async () => {
    const { company: companyPool, tradeShow, east } = world.twenty.pools;
    expect((await ask('li.wei')).byPool.map(({ pool }) => pool.id)).toEqual([companyPool]);
    const all = await ask('alice.morgan', { days: 8 });
    expect(all.byPool.map(({ pool, figures }) => [pool.id, figures.taken])).toEqual([
      [tradeShow, 1],
      [east, 0],
      [companyPool, 5],
    ]);
    expect(all.total).toMatchObject({ taken: 6, reclaimed: 2, released: 1, won: 1, conversionRate: 1 / 6 });
    expect(moved(all)).toEqual([
      { on: day(0), into: 8, out: 0 },
      { on: day(1), into: 1, out: 7 },
      { on: day(2), into: 1, out: 1 },
      { on: day(6), into: 1, out: 0 },
      { on: day(7), into: 1, out: 0 },
    ]);
    expect((await ask('alice.morgan')).flow).toHaveLength(30);
  });

  it('should be for managers of the pool alone', async () => {
    const { company: companyPool, tradeShow } = world.twenty.pools;
    await expect(ask('tom.baker')).rejects.toThrow('FORBIDDEN');
    await expect(ask('tom.baker', { poolId: companyPool })).rejects.toThrow('FORBIDDEN');
    await expect(ask('li.wei', { poolId: tradeShow })).rejects.toThrow('FORBIDDEN');
    expect((await ask('wang.fang', { poolId: tradeShow.toUpperCase() })).byPool).toHaveLength(1);
  });

  it.each([{ days: 0 }, { days: 367 }, { days: 1.5 }, { poolId: 'company' }, { poolId: randomUUID() }])(
    'should refuse %j',
    async (variables) => {
      await expect(ask('alice.morgan', variables)).rejects.toThrow('BAD_USER_INPUT');
    },
  );

  describe('the history by pool and time', () => {
    const page =
      'query($poolId: ID, $since: DateTime, $until: DateTime) { ownershipEvents(poolId: $poolId, since: $since, until: $until) { events { type recordId at } } }';
    const events = async (variables: Record<string, unknown>) =>
      (
        (await (await as('daniel.reed')).must(page, variables))['ownershipEvents'] as {
          events: { type: string; recordId: string; at: string }[];
        }
      ).events;

    it('should have the events of that pool alone, the first instant included and the last one not', async () => {
      const poolId = world.twenty.pools.tradeShow;
      expect(await historyOf(world, ids[6] ?? '')).toEqual(['ROUTED', 'ROUTED', 'CLAIMED', 'RECLAIMED']);
      const all = await events({ poolId });
      expect(all.map(({ type, recordId }) => [type, recordId])).toEqual([
        ['RECLAIMED', ids[6]],
        ['CLAIMED', ids[6]],
        ['ROUTED', ids[6]],
      ]);
      const [reclaimed, claimed, routed] = all.map(({ at: time }) => time);
      expect((await events({ poolId, since: routed, until: reclaimed })).map(({ type }) => type)).toEqual([
        'CLAIMED',
        'ROUTED',
      ]);
      expect((await events({ since: claimed, until: claimed })).length).toBe(0);
    });

    it.each([{ since: 'yesterday' }, { until: '2026-02-30T00:00:00Z' }, { poolId: '7' }])(
      'should refuse %j',
      async (variables) => {
        await expect(events(variables)).rejects.toThrow('BAD_USER_INPUT');
      },
    );
  });
});
