import { company, type CustomerRef, type EngineClient, type ResultAnswer } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const day = (offset: number, from: string): string =>
  new Date(Date.parse(from) + offset * 86_400_000).toISOString().slice(0, 10);

describe('what managers and owners do with a customer', () => {
  let world: HighseasWorld;
  let today = '';
  const ids: string[] = [];
  const family = { company: '', toms: '', emmas: '' };
  let tom: EngineClient;
  let manager: EngineClient;

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const owner = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, {
          extensionDays: 5,
          extensionsWithoutApproval: 1,
          approvalDays: 3,
          cooldownDays: null,
        });
        // Reclaim has only just been turned on for who is there: without this the grace would hide the pool's own days.
        twenty.patch('customerPool', twenty.pools.tradeShow, { graceDays: 0 });
        ids.push(...Array.from({ length: 12 }, () => twenty.seedCompany({ accountOwnerId: owner })));
        family.company = twenty.seedCompany({ name: 'Closed down Ltd', accountOwnerId: owner });
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        family.toms = twenty.seedPerson({ companyId: family.company, ownerId: owner, ...imported });
        family.emmas = twenty.seedPerson({
          companyId: family.company,
          ownerId: twenty.member('emma.clark').id,
          ...imported,
        });
      },
    });
    await expectSettled(world);
    tom = await world.as(member('tom.baker'), 'en');
    manager = await world.as(member('li.wei'), 'en');
    today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  });
  afterAll(() => world?.close());

  const member = (mailbox: string) => world.twenty.member(mailbox);
  const at = (index: number): CustomerRef => company(ids[index] ?? '');
  const record = (ref: CustomerRef) => world.twenty.get(ref.object === 'COMPANY' ? 'company' : 'person', ref.recordId);
  const reclaimOn = (ref: CustomerRef) => String(record(ref)?.['reclaimOn']);

  async function ask(
    client: EngineClient,
    field: string,
    types: string,
    variables: Record<string, unknown>,
  ): Promise<ResultAnswer> {
    const names = [...types.matchAll(/\$(\w+)/g)].map(([, name]) => `${name}: $${name}`).join(', ');
    const query = `mutation($customers: [CustomerRef!]!, ${types}) { ${field}(customers: $customers, ${names}) {
      done refused pending batchId outcomes { object recordId status refusal { code message until } customer { status pool { id } owner { id } } } } }`;
    return (await client.must(query, variables))[field] as ResultAnswer;
  }
  const protect = (client: EngineClient, customers: CustomerRef[], until: string | null, lock: boolean) =>
    ask(client, 'protect', '$until: DateTime, $lock: Boolean', { customers, until, lock });
  const hold = (client: EngineClient, customers: CustomerRef[], from: string, until: string) =>
    ask(client, 'hold', '$from: Date!, $until: Date!, $reason: String!', {
      customers,
      from,
      until,
      reason: 'Trade fair',
    });
  const moreTime = (client: EngineClient, customers: CustomerRef[], days: number, reason = 'Budget comes in May') =>
    ask(client, 'askForMoreTime', '$days: Int!, $reason: String!', { customers, days, reason });
  const decide = (client: EngineClient, customers: CustomerRef[], approve: boolean) =>
    ask(client, 'decideMoreTime', '$approve: Boolean!, $note: String', { customers, approve, note: 'As agreed' });
  const quiet = (client: EngineClient, customers: CustomerRef[], until: string) =>
    ask(client, 'quiet', '$until: Date!, $reason: String!', { customers, until, reason: 'Complaint' });
  const move = (client: EngineClient, customers: CustomerRef[], poolId: string) =>
    ask(client, 'moveToPool', '$poolId: ID!', { customers, poolId });
  const archive = (client: EngineClient, customers: CustomerRef[], reason = 'Closed down') =>
    ask(client, 'archive', '$reason: String!', { customers, reason });
  const restore = async (client: EngineClient, customers: CustomerRef[]) => {
    const query =
      'mutation($customers: [CustomerRef!]!) { restore(customers: $customers) { done refused outcomes { status refusal { code } } } }';
    return (await client.must(query, { customers }))['restore'] as ResultAnswer;
  };
  const tasksOn = (ref: CustomerRef) => {
    const linked = world.twenty.all('taskTarget').filter((link) => link['targetCompanyId'] === ref.recordId);
    return linked.flatMap((link) => world.twenty.get('task', String(link['taskId'])) ?? []);
  };
  const shown = (ref: CustomerRef, date: string | null) =>
    eventually(() => expect(record(ref)?.['reclaimOn'] ?? null).toBe(date));
  const codes = ({ outcomes }: ResultAnswer) => outcomes.map(({ status, refusal }) => refusal?.code ?? status);

  it('should let managers of the pool alone protect, hold, quieten, move and archive, not even the owner', async () => {
    const said = await Promise.all([
      protect(tom, [at(0)], null, true),
      hold(tom, [at(0)], today, today),
      quiet(tom, [at(0)], today),
      move(tom, [at(0)], world.twenty.pools.tradeShow),
      archive(tom, [at(0)]),
      restore(tom, [at(0)]),
      decide(await world.as(member('daniel.reed'), 'en'), [at(0)], true),
    ]);
    expect(said.flatMap(codes)).toEqual(Array<string>(7).fill('NOT_MANAGER'));
    expect(said[0]?.outcomes[0]?.refusal?.message).toBe(
      'Only a manager of the pool Company pool 公司公海 may do this.',
    );
    expect(await historyOf(world, at(0).recordId)).toEqual(['ROUTED']);
  });

  it('should not reclaim what is locked, nor before the day it is protected until, and show both in Twenty', async () => {
    const before = reclaimOn(at(0));
    expect(await protect(manager, [at(0)], null, true)).toMatchObject({ done: 1 });
    expect(record(at(0))).toMatchObject({ isLocked: true, protectedUntil: null, reclaimOn: null });
    const until = `${day(60, today)}T04:00:00.000Z`;
    await protect(manager, [at(0)], until, false);
    expect(record(at(0))).toMatchObject({ isLocked: false, protectedUntil: until, reclaimOn: day(60, today) });
    await protect(manager, [at(0)], null, false);
    expect(record(at(0))).toMatchObject({ isLocked: false, protectedUntil: null, reclaimOn: before });
    await expectSettled(world);
    expect(await historyOf(world, at(0).recordId)).toEqual(['ROUTED', 'PROTECTED', 'PROTECTED', 'PROTECTED']);
    expect((await manager.history(at(0))).at(-1)).toMatchObject({
      actor: { id: member('li.wei').id },
      from: { id: member('tom.baker').id },
      to: { id: member('tom.baker').id },
    });
  });

  it('should add the held days to the deadline', async () => {
    const before = reclaimOn(at(1));
    expect(await hold(manager, [at(1)], day(1, today), day(4, today))).toMatchObject({ done: 1, pending: 0 });
    await shown(at(1), day(4, before));
  });

  it('should give an owner the days asked for at once, as often as the pool allows', async () => {
    const before = reclaimOn(at(2));
    expect(codes(await moreTime(await world.as(member('emma.clark')), [at(2)], 5))).toEqual(['NOT_OWNER']);
    expect(codes(await moreTime(tom, [at(2)], 5, '  '))).toEqual(['REASON_REQUIRED']);
    expect(await moreTime(tom, [at(2)], 5)).toMatchObject({ done: 1 });
    await shown(at(2), day(5, before));
    // The second time a manager is asked, and the clock stands still through the third day from today.
    expect(await moreTime(tom, [at(2)], 5)).toMatchObject({ done: 1 });
    await shown(at(2), day(5, before));
    const kinds = await world.rows<{ kind: string; state: string }>(
      'SELECT kind, state FROM hold WHERE record_id = $1 ORDER BY requested_at',
      [at(2).recordId],
    );
    expect(kinds).toEqual([
      { kind: 'EXTENSION', state: 'ACTIVE' },
      { kind: 'REQUEST', state: 'WAITING' },
    ]);
  });

  it('should ask the managers of the pool for more, in their language, and tell the owner what they said', async () => {
    const before = reclaimOn(at(3));
    expect(await moreTime(tom, [at(3)], 20)).toMatchObject({ done: 1 });
    await shown(at(3), day(4, before));
    const task = await eventually(() => {
      const [found] = tasksOn(at(3));
      if (!found) throw new Error('Nobody was told');
      return found;
    });
    expect(task).toMatchObject({
      assigneeId: member('li.wei').id,
      title: expect.stringMatching(/^申请延期：/),
      status: 'TODO',
      dueAt: new Date(`${day(4, today)}T00:00:00+08:00`).toISOString(),
    });
    expect(JSON.stringify(task['bodyV2'])).toContain('Budget comes in May');

    expect(await decide(manager, [at(3)], true)).toMatchObject({ done: 1 });
    await shown(at(3), day(20, before));
    await eventually(() => {
      const [request, answer] = tasksOn(at(3));
      expect(request).toMatchObject({ id: task.id, status: 'DONE' });
      expect(answer).toMatchObject({
        assigneeId: member('tom.baker').id,
        title: expect.stringMatching(/^More time granted: /),
        status: 'TODO',
      });
    });
    expect(codes(await decide(manager, [at(3)], true))).toEqual(['STALE']);
    await shown(at(3), day(20, before));
  });

  it('should run the clock as before when more time is declined', async () => {
    const before = reclaimOn(at(4));
    await moreTime(tom, [at(4)], 20);
    await shown(at(4), day(4, before));
    // Asked again, it is the same request with other days.
    await moreTime(tom, [at(4)], 30);
    await shown(at(4), day(4, before));
    expect(await decide(manager, [at(4)], false)).toMatchObject({ done: 1 });
    await shown(at(4), before);
    const states = await world.rows<{ state: string; days: number }>(
      'SELECT state, days FROM hold WHERE record_id = $1 ORDER BY requested_at',
      [at(4).recordId],
    );
    expect(states).toEqual([
      { state: 'VOID', days: 20 },
      { state: 'DECLINED', days: 30 },
    ]);
  });

  it('should give no more than the allowance to an owner who asks in parallel', async () => {
    await Promise.all(Array.from({ length: 4 }, () => moreTime(tom, [at(7), at(7)], 5)));
    const kinds = await world.rows<{ kind: string; state: string }>(
      'SELECT kind, state FROM hold WHERE record_id = $1 ORDER BY kind, state',
      [at(7).recordId],
    );
    expect(kinds.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'EXTENSION ACTIVE',
      'REQUEST VOID',
      'REQUEST VOID',
      'REQUEST WAITING',
    ]);
  });

  it('should end what an owner asked for with their ownership, and let a manager’s hold last', async () => {
    await moreTime(tom, [at(5)], 5);
    await moreTime(tom, [at(6)], 20);
    await hold(manager, [at(7)], today, day(9, today));
    const emma = await world.as(member('emma.clark'));
    await tom.release([at(5), at(6), at(7)], { reason: 'OTHER' });
    expect(await emma.claim([at(5), at(6), at(7)])).toMatchObject({ done: 3 });
    await eventually(() =>
      expect([at(5), at(6), at(7)].map(reclaimOn)).toEqual([day(8, today), day(8, today), day(18, today)]),
    );
    expect(codes(await decide(manager, [at(6)], true))).toEqual(['STALE']);
    // Theirs is the allowance of a new owner.
    await moreTime(emma, [at(5)], 5);
    await shown(at(5), day(13, today));
  });

  it('should keep a customer away from everyone until the day said, and no longer than managers want', async () => {
    await tom.release([at(8)], { reason: 'OTHER' });
    expect(await quiet(manager, [at(8)], day(10, today))).toMatchObject({ done: 1, pending: 0 });
    for (const who of ['emma.clark', 'li.wei'])
      expect(codes(await (await world.as(member(who))).claim([at(8)]))).toEqual(['QUIET_PERIOD']);
    await quiet(manager, [at(8)], today);
    expect(await (await world.as(member('emma.clark'))).claim([at(8)])).toMatchObject({ done: 1 });
  });

  it('should move a customer to another pool and count its days by that pool’s policy, owned as before', async () => {
    const ownedSince = record(at(9))?.['ownedSince'];
    const { tradeShow, east } = world.twenty.pools;
    expect(codes(await move(manager, [at(9)], east))).toEqual(['NOT_VISIBLE']);
    expect(await move(manager, [at(9)], tradeShow)).toMatchObject({
      done: 1,
      outcomes: [{ customer: { status: 'OWNED', pool: { id: tradeShow } } }],
    });
    expect(record(at(9))).toMatchObject({
      customerPoolId: tradeShow,
      accountOwnerId: member('tom.baker').id,
      ownedSince,
      reclaimOn: day(4, today),
    });
    expect(codes(await move(manager, [at(9)], tradeShow))).toEqual(['NOT_MANAGER']);
    const reed = await world.as(member('daniel.reed'));
    expect(codes(await move(reed, [at(9)], tradeShow))).toEqual(['DONE']);
    await expectSettled(world);
    expect(await historyOf(world, at(9).recordId)).toEqual(['ROUTED', 'ROUTED']);
  });

  it('should retire a customer with the people of its owner, and bring them back together', async () => {
    const ref = company(family.company);
    expect(codes(await archive(manager, [ref], ' '))).toEqual(['REASON_REQUIRED']);
    expect(await archive(manager, [ref])).toMatchObject({ done: 1 });
    await expectSettled(world);
    expect(record(ref)).toMatchObject({
      poolStatus: 'ARCHIVED',
      accountOwnerId: null,
      formerOwnerId: member('tom.baker').id,
      reclaimOn: null,
    });
    expect(world.twenty.get('person', family.toms)).toMatchObject({ poolStatus: 'ARCHIVED', ownerId: null });
    expect(world.twenty.get('person', family.emmas)).toMatchObject({ poolStatus: 'OWNED' });
    expect(codes(await (await world.as(member('emma.clark'))).claim([ref]))).toEqual(['ARCHIVED']);
    expect(codes(await archive(manager, [ref]))).toEqual(['ARCHIVED']);

    expect(await restore(manager, [ref, ref])).toMatchObject({
      done: 1,
      refused: 1,
      outcomes: [{ status: 'DONE' }, { refusal: { code: 'STALE' } }],
    });
    await expectSettled(world);
    expect(record(ref)).toMatchObject({ poolStatus: 'POOLED', accountOwnerId: null });
    expect(world.twenty.get('person', family.toms)).toMatchObject({
      poolStatus: 'POOLED',
      customerPoolId: world.twenty.pools.tradeShow,
    });
    expect(await historyOf(world, family.toms)).toEqual(['ROUTED', 'ARCHIVED', 'RESTORED']);
  });

  it('should take protection back when the customer went to somebody else', async () => {
    const emma = member('emma.clark');
    world.twenty.patch('company', at(10).recordId, { accountOwnerId: emma.id });
    const { outcomes } = await protect(manager, [at(10)], null, true);
    expect(outcomes).toMatchObject([{ status: 'REFUSED', refusal: { code: 'ALREADY_OWNED' } }]);
    await expectSettled(world);
    expect(record(at(10))).toMatchObject({ accountOwnerId: emma.id, isLocked: false });
    expect(
      await world.rows('SELECT is_locked, owner_id FROM customer WHERE record_id = $1', [at(10).recordId]),
    ).toEqual([{ is_locked: false, owner_id: emma.id }]);
  });

  it('should have the same holds, quiet periods and dates after a rebuild', async () => {
    await quiet(manager, [at(11)], day(30, today));
    await moreTime(tom, [at(0)], 20);
    await expectSettled(world);
    const state = () =>
      Promise.all([
        world.rows('SELECT * FROM hold ORDER BY id'),
        world.rows(
          'SELECT record_id, status, pool_id, owner_id, quiet_until, is_locked, protected_until, reclaim_on FROM customer ORDER BY record_id',
        ),
      ]);
    const before = await state();
    await world.rebuild();
    await expectSettled(world);
    expect(before[0].length).toBeGreaterThan(8);
    await eventually(async () => expect(await state()).toEqual(before));
  });

  it.each([
    [
      'a period that ends before it begins',
      'hold',
      '$from: Date!, $until: Date!, $reason: String!',
      { from: '2026-03-02', until: '2026-03-01', reason: 'x' },
    ],
    ['a date that does not exist', 'quiet', '$until: Date!, $reason: String!', { until: '2026-02-30', reason: 'x' }],
    ['no instant', 'protect', '$until: DateTime', { until: 'tomorrow' }],
    ['no days', 'askForMoreTime', '$days: Int!, $reason: String!', { days: 0, reason: 'x' }],
    ['too many days', 'askForMoreTime', '$days: Int!, $reason: String!', { days: 366, reason: 'x' }],
    ['an id that is none', 'moveToPool', '$poolId: ID!', { poolId: 'east' }],
  ])('should refuse %s as wrong input', async (_, field, types, variables) => {
    await expect(ask(manager, field, types, { customers: [at(1)], ...variables })).rejects.toThrow('BAD_USER_INPUT');
  });
});
