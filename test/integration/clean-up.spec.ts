import { randomUUID } from 'node:crypto';
import { broughtBackAt, needsCleanUp, returns } from '../../src/reading/clean-up-condition';
import { daysAgo, seedPooled, thereAndBack } from '../support/clean-up-history';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { Turns } from '../support/highseas-turns';
import { HighseasWorld } from '../support/highseas-world';

interface ArchivedEvent {
  id: string;
  record_id: string;
  is_system: boolean;
  from_id: string | null;
  reason: string;
  facts: Record<string, unknown>;
  batch_id: string;
}

describe('cleaning pools up', () => {
  let world: HighseasWorld;
  let turns: Turns;
  /** Companies by what is told of them. */
  const named: Record<string, string> = {};
  const capped: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const { company: main, tradeShow, east } = twenty.pools;
        const [tom, emma] = [twenty.member('tom.baker'), twenty.member('emma.clark')];
        const archiving = { staleDays: 30, staleAction: 'ARCHIVE', maxReturns: 2, graceDays: 7 };
        twenty.patch('customerPool', main, { ...archiving, reclaimCapPerRun: null });
        twenty.patch('customerPool', tradeShow, { ...archiving, reclaimCapPerRun: 3 });
        twenty.patch('customerPool', east, { ...archiving, staleAction: 'LIST' });
        const closed = twenty.seed('customerPool', {
          ...twenty.get('customerPool', east),
          id: randomUUID(),
          name: 'Closed 已停用',
          isActive: false,
          staleAction: 'ARCHIVE',
        });
        const closedPool =
          twenty.all('customerPool').find(({ name }) => String(name).startsWith('Closed'))?.id ?? closed;
        const there = (
          name: string,
          days: number,
          past = [] as ReturnType<typeof thereAndBack>,
          values = {},
          poolId = main,
        ) => void (named[name] = seedPooled(twenty, poolId, days, past, { name, ...values }));

        there('stale', 40);
        there('fresh', 29);
        there('returned twice', 5, [...thereAndBack(tom, 90, 60), ...thereAndBack(emma, 20, 5, 'RECLAIMED')]);
        there('returned twice by hand', 5, [
          ...thereAndBack(tom, 90, 60, 'OBSERVED'),
          ...thereAndBack({ id: null, name: 'Gone Long' }, 20, 5, 'OFFBOARDED'),
        ]);
        there('returned once', 5, thereAndBack(tom, 20, 5));
        there('handed on', 5, [
          { type: 'CLAIMED', daysAgo: 60, to: tom },
          { type: 'REASSIGNED', daysAgo: 50, from: tom, to: emma },
          { type: 'RELEASED', daysAgo: 5, from: emma },
        ]);
        there('restored', 5, [
          ...thereAndBack(tom, 90, 60),
          ...thereAndBack(tom, 50, 40),
          { type: 'ARCHIVED', daysAgo: 30 },
          { type: 'RESTORED', daysAgo: 5 },
        ]);
        const reclaim = randomUUID();
        there('taken by mistake', 5, [
          ...thereAndBack(tom, 90, 60, 'RECLAIMED', reclaim),
          { type: 'UNDONE', daysAgo: 59, to: tom, facts: { undoes: reclaim, type: 'RECLAIMED' } },
          { type: 'RELEASED', daysAgo: 5, from: tom },
        ]);
        there('locked', 400, [], { isLocked: true });
        there('protected', 400, [], { protectedUntil: daysAgo(-3) });
        there('deleted', 400, [], { deletedAt: daysAgo(1) });
        there('of a closed pool', 400, [], {}, closedPool);
        there('of a pool that lists', 400, [], {}, east);
        there('taken in Twenty', 50);
        capped.push(...[44, 43, 42, 41, 40].map((days) => seedPooled(twenty, tradeShow, days)));
      },
    });
    turns = new Turns(world);
    await expectSettled(world);
  });
  afterAll(async () => {
    await turns?.close();
    await world?.close();
  });

  const member = (mailbox: string) => world.twenty.member(mailbox);
  const statusOf = (id = '') => world.twenty.get('company', id)?.['poolStatus'];
  const archived = () =>
    Object.keys(named)
      .filter((name) => statusOf(named[name]) === 'ARCHIVED')
      .sort();
  const events = () =>
    world.rows<ArchivedEvent>(
      `SELECT * FROM ownership_event WHERE type = 'ARCHIVED' AND state = 'CONFIRMED' AND reason IS NOT NULL ORDER BY seq`,
    );
  const eventOf = async (name: string) => (await events()).find(({ record_id }) => record_id === named[name]);
  /** Sooner than the jobs' own turns come. */
  const settled = async () => {
    await turns.run('mirror-events');
    await expectSettled(world);
  };
  const clean = async () => {
    await turns.run('clean-up');
    await settled();
  };
  const undo = async (who: string, id = '') => {
    const jobs = new JobsClient(await world.as(member(who), 'en'));
    const job = await jobs.undo(id);
    await turns.run('run-operations');
    const answer = await jobs.finished(job.id);
    await settled();
    return answer;
  };

  it('should archive what nobody claims and what came back too often, as the system, with the reason and the facts', async () => {
    // Nobody has told the engine yet: Twenty's record changes without a new time.
    world.twenty.patch('company', named['taken in Twenty'] ?? '', { accountOwnerId: member('emma.clark').id });
    await clean();
    expect(archived()).toEqual(['returned twice', 'returned twice by hand', 'stale']);
    expect(await eventOf('stale')).toMatchObject({
      is_system: true,
      from_id: null,
      reason: 'STALE',
      facts: { pooledSince: expect.any(String), days: 40, limit: 30, before: { status: 'POOLED' } },
    });
    expect(await eventOf('returned twice')).toMatchObject({
      is_system: true,
      reason: 'RETURNED_TOO_OFTEN',
      facts: { pooledSince: expect.any(String), returns: 2, limit: 2 },
    });
    expect(await eventOf('returned twice by hand')).toMatchObject({
      reason: 'RETURNED_TOO_OFTEN',
      facts: { returns: 2 },
    });
    expect(new Set((await events()).map(({ batch_id }) => batch_id)).size).toBe(1);
    expect(statusOf(named['taken in Twenty'])).toBe('OWNED');
    expect(await historyOf(world, named['taken in Twenty'] ?? '')).toEqual(['ROUTED', 'OBSERVED']);
  });

  it('should archive the longest pooled first, and no more a day than the pool’s cap', async () => {
    expect(capped.map(statusOf)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED', 'POOLED', 'POOLED']);
    await clean();
    expect(capped.map(statusOf)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED', 'POOLED', 'POOLED']);
  });

  it('should say why customers are lost', async () => {
    const query = 'query($poolId: ID) { figures(poolId: $poolId, days: 2) { reasons { type reason count } } }';
    const { figures } = await (await world.as(member('li.wei'))).must(query, { poolId: world.twenty.pools.company });
    expect(figures).toEqual({
      reasons: [
        { type: 'ARCHIVED', reason: 'RETURNED_TOO_OFTEN', count: 2 },
        { type: 'ARCHIVED', reason: 'STALE', count: 1 },
      ],
    });
  });

  it('should be undone for one customer, or for the whole day, and not be done again the next day', async () => {
    const before = await world.rows('SELECT record_id, pooled_since FROM customer ORDER BY record_id');
    const one = await eventOf('returned twice');
    expect(await undo('li.wei', one?.id)).toMatchObject({ done: 1, refused: 0 });
    expect(archived()).toEqual(['returned twice by hand', 'stale']);
    expect(await undo('alice.morgan', one?.batch_id)).toMatchObject({ total: 6, done: 5, refused: 1 });
    expect([archived(), capped.map(statusOf)]).toEqual([[], Array(5).fill('POOLED')]);
    expect(await world.rows('SELECT record_id, pooled_since FROM customer ORDER BY record_id')).toEqual(before);
    expect(await historyOf(world, named['stale'] ?? '')).toEqual(['ROUTED', 'ARCHIVED', 'UNDONE']);

    // As if the run and what was made of it had been yesterday.
    await world.rows(
      `UPDATE ownership_event SET at = at - interval '1 day' WHERE type IN ('ARCHIVED', 'UNDONE') AND at > now() - interval '1 hour'`,
    );
    await clean();
    expect(archived()).toEqual([]);
    expect(capped.map(statusOf)).toEqual(['POOLED', 'POOLED', 'POOLED', 'ARCHIVED', 'ARCHIVED']);
  });

  it('should archive nothing by an edited policy before its grace has passed', async () => {
    await world.twenty.edit(member('alice.morgan'), 'customerPool', world.twenty.pools.company, { staleDays: 20 });
    await turns.run('sync-pools');
    await clean();
    expect(statusOf(named['fresh'])).toBe('POOLED');
    const isNoted = async () =>
      expect(await world.rows(`SELECT 1 FROM policy_version WHERE clean_up->>'staleDays' = '20'`)).toHaveLength(1);
    await eventually(isNoted);
    await world.rows(`UPDATE policy_version SET at = at - interval '9 days' WHERE clean_up->>'staleDays' = '20'`);
    await clean();
    expect(archived()).toEqual(['fresh']);
  });

  it('should leave the clocks of owned customers as they are when only clean-up is edited', async () => {
    await world.twenty.edit(member('alice.morgan'), 'customerPool', world.twenty.pools.company, { maxReturns: 5 });
    await turns.run('sync-pools');
    expect(
      await world.rows(
        `SELECT clean_up->>'maxReturns' AS returns FROM policy_version WHERE pool_id = $1 ORDER BY id DESC LIMIT 1`,
        [world.twenty.pools.company],
      ),
    ).toEqual([{ returns: '5' }]);
    expect(await world.rows('SELECT 1 FROM clock_mark')).toEqual([]);
  });

  it('should count the same after a rebuild', async () => {
    const bounds = JSON.stringify(
      Object.values(world.twenty.pools).map((poolId) => ({
        poolId,
        staleBefore: daysAgo(30),
        maxReturns: 2,
        returnedBefore: daysAgo(1),
        today: daysAgo(0).slice(0, 10),
        tomorrow: daysAgo(-1),
      })),
    );
    const counted = () =>
      world.rows(
        `SELECT record_id, status, pooled_since, ${broughtBackAt} IS NOT NULL AS was_brought_back, ${returns} AS returns, ${needsCleanUp('$1')} AS needs_clean_up FROM customer c ORDER BY record_id`,
        [bounds],
      );
    const before = await counted();
    // Once each: what was archived and brought back has none any more.
    expect(before.map((row) => (row as { returns: number }).returns).filter((count) => count > 0)).toEqual([1, 1, 1]);
    expect(before.filter((row) => (row as { was_brought_back: boolean }).was_brought_back)).toHaveLength(7);
    await world.rebuild();
    await expectSettled(world);
    expect(await counted()).toEqual(before);
  });

  it('should begin anew for a customer that is restored', async () => {
    const manager = await world.as(member('li.wei'));
    const query = 'mutation($customers: [CustomerRef!]!) { restore(customers: $customers) { done } }';
    expect(await manager.must(query, { customers: [company(named['fresh'] ?? '')] })).toEqual({ restore: { done: 1 } });
    await clean();
    expect(archived()).toEqual([]);
  });
});
