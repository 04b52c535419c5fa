import { company, type CustomerRef, person } from '../support/engine-client';
import { advanceDays } from '../support/highseas-days';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

interface ListAnswer {
  totalCount: number;
  customers: (CustomerRef & {
    name: string;
    moreTime: { days: number; reason: string; askedAt: string; waitsUntil: string } | null;
  })[];
}

describe('lists of customers', () => {
  let world: HighseasWorld;
  const ids = { asking: '', given: '', claimed: '', waiting: '', eastern: '', person: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const tom = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, {
          managesPeople: true,
          unclaimedDays: 2,
          untouchedDays: 2,
          staleDays: 1,
          extensionsWithoutApproval: 0,
          followUpDays: 90,
          firstFollowUpDays: 90,
          cooldownDays: null,
        });
        twenty.patch('customerPool', twenty.pools.east, { unclaimedDays: 2 });
        ids.asking = twenty.seedCompany({ name: 'Harbor 100% Tools', accountOwnerId: tom });
        ids.given = twenty.seedCompany({ name: '上海海港贸易有限公司' });
        ids.claimed = twenty.seedCompany({ name: 'harbor_view' });
        ids.waiting = twenty.seedCompany({ name: 'Nobody Wants Ltd' });
        ids.eastern = twenty.seedCompany({ name: 'Eastern', address: { addressState: '上海' } });
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        ids.person = twenty.seedPerson({ name: { firstName: 'Ada', lastName: 'Harbor' }, ownerId: tom, ...imported });
      },
    });
    await expectSettled(world);
    const manager = await as('li.wei');
    await manager.must('mutation($c: [CustomerRef!]!, $m: ID!) { assign(customers: $c, toMemberId: $m) { done } }', {
      c: [company(ids.given)],
      m: world.twenty.member('emma.clark').id,
    });
    await (await as('sophie.turner')).claim([company(ids.claimed)]);
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const as = (mailbox: string) => world.as(world.twenty.member(mailbox), 'en');
  async function list(mailbox: string, filter: Record<string, unknown>): Promise<ListAnswer> {
    const query = `query($search: String, $object: CustomerObject, $attention: Attention, $poolId: ID) { customers(search: $search, object: $object, attention: $attention, poolId: $poolId) {
      totalCount customers { object recordId name moreTime { days reason askedAt waitsUntil } } } }`;
    return (await (await as(mailbox)).must(query, filter))['customers'] as ListAnswer;
  }
  const found = async (mailbox: string, filter: Record<string, unknown>) =>
    (await list(mailbox, filter)).customers.map(({ recordId }) => recordId).sort();
  const waiting = async (mailbox: string, poolId?: string) => {
    const { attention } = (await (
      await as(mailbox)
    ).must('query($poolId: ID) { attention(poolId: $poolId) { kind count } }', { poolId })) as {
      attention: { kind: string; count: number }[];
    };
    return Object.fromEntries(attention.map(({ kind, count }) => [kind, count]));
  };

  it.each([
    ['a part of the name, in any case', 'hARbor', () => [ids.asking, ids.claimed, ids.person]],
    ['a part of a Chinese name', '海港', () => [ids.given]],
    ['a percent sign as it stands', '100%', () => [ids.asking]],
    ['an underscore as it stands', 'r_v', () => [ids.claimed]],
    ['no pattern', 'Har%r', () => []],
    ['a backslash as it stands', '\\', () => []],
    ['blanks as no search at all', '  ', () => [ids.asking, ids.given, ids.claimed, ids.waiting, ids.person]],
  ])('should find %s', async (_, search, expected) => {
    expect(await found('tom.baker', { search })).toEqual(expected().sort());
  });

  it('should narrow to companies or people', async () => {
    expect(await found('tom.baker', { search: 'harbor', object: 'PERSON' })).toEqual([ids.person]);
    expect(await found('tom.baker', { search: 'harbor', object: 'COMPANY' })).toEqual([ids.asking, ids.claimed].sort());
  });

  it('should say what an owner asks for until somebody decides it', async () => {
    const ask =
      'mutation($c: [CustomerRef!]!) { askForMoreTime(customers: $c, days: 9, reason: "Budget comes in May") { done } }';
    expect((await list('tom.baker', { search: 'Harbor 100' })).customers[0]?.moreTime).toBeNull();
    await (await as('tom.baker')).must(ask, { c: [company(ids.asking), person(ids.person)] });

    // The person is in a pool that Li Wei does not manage.
    const { customers } = await list('li.wei', { attention: 'MORE_TIME' });
    expect(customers).toEqual([
      expect.objectContaining({
        recordId: ids.asking,
        moreTime: expect.objectContaining({ days: 9, reason: 'Budget comes in May' }) as unknown,
      }),
    ]);
    expect(await found('alice.morgan', { attention: 'MORE_TIME' })).toEqual([ids.asking, ids.person].sort());
    expect([await waiting('li.wei'), await waiting('alice.morgan')]).toMatchObject([
      { MORE_TIME: 1 },
      { MORE_TIME: 2 },
    ]);

    await (
      await as('alice.morgan')
    ).must('mutation($c: [CustomerRef!]!) { decideMoreTime(customers: $c, approve: true) { done } }', {
      c: [person(ids.person)],
    });
    expect(await found('alice.morgan', { attention: 'MORE_TIME' })).toEqual([ids.asking]);
    expect((await list('tom.baker', { search: 'Ada' })).customers[0]?.moreTime).toBeNull();
    await expectSettled(world);
  });

  it("should show managers, once the pool's days have passed, what was given out and not worked on and what nobody claims", async () => {
    expect(await waiting('li.wei')).toMatchObject({ UNTOUCHED: 0, UNCLAIMED: 0 });
    await advanceDays(world, 2);
    await eventually(async () => expect(await found('li.wei', { attention: 'UNCLAIMED' })).toEqual([ids.waiting]));
    // Who claimed a customer themselves is not waited for.
    expect(await found('li.wei', { attention: 'UNTOUCHED' })).toEqual([ids.given]);
    expect(await waiting('li.wei')).toEqual({ MORE_TIME: 1, UNTOUCHED: 1, UNCLAIMED: 1, STALE: 1 });
    expect(await waiting('li.wei', world.twenty.pools.tradeShow)).toEqual({
      MORE_TIME: 0,
      UNTOUCHED: 0,
      UNCLAIMED: 0,
      STALE: 0,
    });
    expect(await found('li.wei', { attention: 'STALE' })).toEqual([ids.waiting]);
    expect(await found('alice.morgan', { attention: 'UNCLAIMED' })).toEqual([ids.waiting, ids.eastern].sort());
  });

  it('should show nothing of it to whoever manages nothing', async () => {
    expect(await found('tom.baker', { attention: 'MORE_TIME' })).toEqual([]);
    expect(await waiting('tom.baker')).toEqual({ MORE_TIME: 0, UNTOUCHED: 0, UNCLAIMED: 0, STALE: 0 });
  });

  it('should refuse what is no kind and no text', async () => {
    const client = await as('li.wei');
    expect(
      (await client.ask('{ customers(attention: NONSENSE) { totalCount } }')).errors[0]?.extensions?.['code'],
    ).toBe('BAD_USER_INPUT');
    expect(
      (await client.ask('query($s: String) { customers(search: $s) { totalCount } }', { s: 'x'.repeat(201) })).errors[0]
        ?.extensions?.['code'],
    ).toBe('BAD_USER_INPUT');
    expect(
      (await client.ask('query($s: String) { customers(search: $s) { totalCount } }', { s: 'a\0b' })).errors[0]
        ?.extensions?.['code'],
    ).toBe('BAD_USER_INPUT');
  });
});
