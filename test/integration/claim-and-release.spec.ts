import { randomUUID } from 'node:crypto';
import { company, person } from '../support/engine-client';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

describe('claim and release', () => {
  let world: HighseasWorld;
  const ids = { free: [] as string[], company: '', people: [] as string[], eastern: '', toms: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const tom = twenty.member('tom.baker').id;
        ids.free = Array.from({ length: 10 }, () => twenty.seedCompany());
        ids.company = twenty.seedCompany({ name: 'With people' });
        ids.eastern = twenty.seedCompany({ address: { addressState: '上海' } });
        ids.toms = twenty.seedCompany({ accountOwnerId: tom });
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        ids.people = [0, 1].map(() => twenty.seedPerson({ companyId: ids.toms, ownerId: tom, ...imported }));
        ids.people.push(
          twenty.seedPerson({ companyId: ids.toms, ownerId: twenty.member('emma.clark').id, ...imported }),
        );
      },
    });
  });
  afterAll(() => world?.close());

  const first = (at: number) => ids.free[at] ?? '';
  const member = (mailbox: string) => world.twenty.member(mailbox);

  it('should take every record under management, with and without an owner, once', async () => {
    await expectSettled(world);
    expect(await historyOf(world, first(0))).toEqual(['ROUTED']);
    expect(await historyOf(world, ids.toms)).toEqual(['ROUTED']);
    expect(world.twenty.get('company', ids.eastern)).toMatchObject({
      customerPoolId: world.twenty.pools.east,
      poolStatus: 'POOLED',
    });
    expect(world.twenty.get('person', ids.people[0] ?? '')).toMatchObject({
      customerPoolId: world.twenty.pools.tradeShow,
      poolStatus: 'OWNED',
    });
  });

  it('should give a pooled customer to the member who claims it, in engine and Twenty alike', async () => {
    const sophie = member('sophie.turner');
    const client = await world.as(sophie);
    const answer = await client.claim([company(first(0)), company(first(1))]);
    expect(answer).toMatchObject({ done: 2, refused: 0, pending: 0, batchId: expect.any(String) });
    expect(answer.outcomes.map(({ recordId }) => recordId)).toEqual([first(0), first(1)]);
    expect(answer.outcomes[0]?.customer).toMatchObject({
      status: 'OWNED',
      owner: { id: sophie.id, name: sophie.name },
    });
    const record = world.twenty.get('company', first(0));
    expect(record).toMatchObject({
      accountOwnerId: sophie.id,
      poolStatus: 'OWNED',
      customerPoolId: world.twenty.pools.company,
      pooledSince: null,
    });
    expect(record?.['ownedSince']).toBe(answer.outcomes[0]?.customer?.ownedSince);
    await expectSettled(world);
    expect(await client.history(company(first(0)))).toMatchObject([
      { type: 'ROUTED', bySystem: true },
      {
        type: 'CLAIMED',
        to: { id: sophie.id },
        actor: { id: sophie.id },
        from: null,
        bySystem: false,
        batchId: answer.batchId,
      },
    ]);
  });

  it('should tell the loser who has it, in the language asked for', async () => {
    const english = await world.as(member('emma.clark'), 'en');
    const chinese = await world.as(member('zhao.lei'));
    expect((await english.claim([company(first(0))])).outcomes).toMatchObject([
      {
        status: 'REFUSED',
        refusal: { code: 'ALREADY_OWNED', message: 'Already taken: Sophie Turner has this customer now.' },
      },
    ]);
    expect((await chinese.claim([company(first(0))])).outcomes).toMatchObject([
      { status: 'REFUSED', refusal: { code: 'ALREADY_OWNED', message: '已被领取：该客户现由Sophie Turner负责。' } },
    ]);
  });

  it('should decide a batch record by record in the order given', async () => {
    const client = await world.as(member('sophie.turner'), 'en');
    const answer = await client.claim([
      company(first(0)),
      company(first(2)),
      company(randomUUID()),
      company(ids.eastern),
      company(first(2)),
      company(ids.toms),
    ]);
    expect(answer.outcomes.map(({ status, refusal }) => refusal?.code ?? status)).toEqual([
      'ALREADY_OWNED',
      'DONE',
      'NOT_FOUND',
      'NOT_VISIBLE',
      'ALREADY_OWNED',
      'ALREADY_OWNED',
    ]);
    expect(answer.outcomes[0]?.refusal?.message).toBe('You already have this customer.');
    expect(answer).toMatchObject({ done: 1, refused: 5 });
  });

  it('should let only the members of a pool claim in it, and say why', async () => {
    const [outsider, insider] = [await world.as(member('tom.baker'), 'zh-CN'), await world.as(member('zhang.min'))];
    expect(await outsider.customer(company(ids.eastern))).toBeNull();
    expect((await outsider.claim([company(ids.eastern)])).outcomes).toMatchObject([
      {
        status: 'REFUSED',
        refusal: { code: 'NOT_VISIBLE', message: '只有该公海池的成员可以执行此操作。' },
        customer: null,
      },
    ]);
    expect((await insider.customer(company(ids.eastern)))?.claimable).toEqual({ allowed: true, refusal: null });
    expect(await insider.claim([company(ids.eastern)])).toMatchObject({ done: 1 });
  });

  it('should ask for a reason before a customer goes back', async () => {
    const client = await world.as(member('sophie.turner'), 'en');
    for (const reason of [undefined, '', '  ']) {
      const { outcomes } = await client.release([company(first(0))], { reason });
      expect(outcomes).toMatchObject([
        { status: 'REFUSED', refusal: { code: 'REASON_REQUIRED', message: 'Please give a reason.' } },
      ]);
    }
    expect(world.twenty.ownerOf('company', first(0))).toBe(member('sophie.turner').id);
  });

  it('should give a customer back to its pool with the reason, and remember who had it', async () => {
    const sophie = member('sophie.turner');
    const client = await world.as(sophie);
    const answer = await client.release([company(first(0))], { reason: 'NO_NEED', note: 'They closed 已停业' });
    expect(answer).toMatchObject({ done: 1, outcomes: [{ customer: { status: 'POOLED', owner: null } }] });
    expect(world.twenty.get('company', first(0))).toMatchObject({
      accountOwnerId: null,
      poolStatus: 'POOLED',
      formerOwnerId: sophie.id,
      ownedSince: null,
    });
    await expectSettled(world);
    expect((await client.history(company(first(0)))).at(-1)).toMatchObject({
      type: 'RELEASED',
      from: { id: sophie.id },
      to: null,
      actor: { id: sophie.id },
      reason: 'NO_NEED',
      note: 'They closed 已停业',
      batchId: answer.batchId,
    });
    const mirrored = world.twenty.all('ownershipEvent').find((event) => event['batchId'] === answer.batchId);
    expect(mirrored).toMatchObject({
      eventType: 'RELEASED',
      fromMemberId: sophie.id,
      fromName: 'Sophie Turner',
      reason: 'NO_NEED',
      companyId: first(0),
    });
  });

  it('should not let a past owner claim again before the cooldown ends', async () => {
    const { outcomes } = await (await world.as(member('sophie.turner'))).claim([company(first(0))]);
    expect(outcomes).toMatchObject([{ status: 'REFUSED', refusal: { code: 'COOLDOWN' } }]);
    const until = Date.parse(outcomes[0]?.refusal?.until ?? '');
    expect(until - Date.now()).toBeGreaterThan(13 * 86_400_000);
    expect(until - Date.now()).toBeLessThan(16 * 86_400_000);
    expect((await (await world.as(member('emma.clark'))).claim([company(first(0))])).done).toBe(1);
  });

  it('should let nobody but the owner and a manager of the pool give a customer back', async () => {
    const { outcomes } = await (
      await world.as(member('tom.baker'), 'en')
    ).release([company(first(0))], { reason: 'OTHER' });
    expect(outcomes).toMatchObject([
      { refusal: { code: 'NOT_OWNER', message: 'Only Emma Clark or a pool manager may do this.' } },
    ]);
    expect(
      (await (await world.as(member('chen.jing'))).release([company(first(0))], { reason: 'OTHER' })).outcomes,
    ).toMatchObject([{ refusal: { code: 'NOT_OWNER' } }]);
    expect((await (await world.as(member('li.wei'))).release([company(first(0))], { reason: 'OTHER' })).done).toBe(1);
    expect((await (await world.as(member('li.wei'))).history(company(first(0)))).at(-1)).toMatchObject({
      from: { id: member('emma.clark').id },
      actor: { id: member('li.wei').id },
    });
  });

  it('should send a released customer to the pool chosen, if that pool takes it and the member sees it', async () => {
    const client = await world.as(member('sophie.turner'));
    await client.claim([company(first(3))]);
    const to = (poolId: string) => client.release([company(first(3))], { poolId, reason: 'OTHER' });
    expect((await to(world.twenty.pools.east)).outcomes).toMatchObject([{ refusal: { code: 'NOT_VISIBLE' } }]);
    expect((await to(randomUUID())).outcomes).toMatchObject([{ refusal: { code: 'TARGET_NOT_ELIGIBLE' } }]);
    expect(await to(world.twenty.pools.tradeShow)).toMatchObject({ done: 1 });
    expect(world.twenty.get('company', first(3))).toMatchObject({
      customerPoolId: world.twenty.pools.tradeShow,
      poolStatus: 'POOLED',
    });
    await expectSettled(world);
  });

  it('should send the people of a released company who had the same owner along', async () => {
    const answer = await (await world.as(member('tom.baker'))).release([company(ids.toms)], { reason: 'OTHER' });
    expect(answer).toMatchObject({ done: 1 });
    await expectSettled(world);
    const [one, two, emmas] = ids.people;
    for (const id of [one, two]) {
      expect(world.twenty.get('person', id ?? '')).toMatchObject({
        ownerId: null,
        poolStatus: 'POOLED',
        customerPoolId: world.twenty.pools.tradeShow,
      });
      expect(await historyOf(world, id ?? '')).toEqual(['ROUTED', 'RELEASED']);
    }
    expect(world.twenty.get('person', emmas ?? '')).toMatchObject({
      ownerId: member('emma.clark').id,
      poolStatus: 'OWNED',
    });
    expect(await (await world.as(member('tom.baker'))).claim([person(one ?? '')])).toMatchObject({
      outcomes: [{ refusal: { code: 'COOLDOWN' } }],
    });
  });

  it('should tell the viewer their use of limits', async () => {
    const query =
      '{ viewer { member { id } isWorkspaceAdmin managedPools { id } capacities { pool { id } used limit } claimsLeft { pool { id } used limit } } }';
    const { viewer } = (await (await world.as(member('sophie.turner'))).must(query)) as {
      viewer: { capacities: { pool: { id: string } | null }[]; claimsLeft: { pool: { id: string } }[] };
    };
    expect(viewer).toMatchObject({
      member: { id: member('sophie.turner').id },
      isWorkspaceAdmin: false,
      managedPools: [],
    });
    const inCompanyPool = <T extends { pool: { id: string } | null }>(list: T[]) =>
      list.find(({ pool }) => pool?.id === world.twenty.pools.company);
    // Claimed four in all, one of them released and two sent elsewhere; what was claimed stays charged.
    expect(inCompanyPool(viewer.capacities)).toMatchObject({ used: 2, limit: 50 });
    expect(inCompanyPool(viewer.claimsLeft)).toMatchObject({ used: 4, limit: 20 });
    const admin = (await (await world.as(member('alice.morgan'))).must(query)) as {
      viewer: { managedPools: unknown[] };
    };
    expect(admin.viewer).toMatchObject({ isWorkspaceAdmin: true });
    expect(admin.viewer.managedPools).toHaveLength(3);
  });
});
