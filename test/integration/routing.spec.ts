import { eventually } from '../support/highseas-eventually';
import { company } from '../support/engine-client';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

describe('pools and where new customers go', () => {
  let world: HighseasWorld;
  let alice: Member;
  let tom: Member;

  beforeAll(async () => {
    world = await HighseasWorld.start();
    [alice, tom] = ['alice.morgan', 'tom.baker'].map((mailbox) => world.twenty.member(mailbox)) as [Member, Member];
  });
  afterAll(() => world?.close());

  const create = (data: Record<string, unknown>) => world.twenty.create(alice, 'company', { name: 'New', ...data });
  const pool = (which: 'company' | 'tradeShow' | 'east') => world.twenty.get('customerPool', world.twenty.pools[which]);
  const inPool = (id: string, which: 'company' | 'tradeShow' | 'east', object = 'company') =>
    eventually(() => expect(world.twenty.get(object, id)).toMatchObject({ customerPoolId: world.twenty.pools[which] }));

  it('should send a new customer to the first pool, by priority, whose filter matches it', async () => {
    const [plain, eastern, lead] = [
      await create({}),
      await create({ address: { addressState: '浙江' } }),
      // Both filters match; the trade show comes first.
      await create({ address: { addressState: 'Shanghai' }, createdBy: { source: 'IMPORT' } }),
    ];
    await inPool(plain, 'company');
    await inPool(eastern, 'east');
    await inPool(lead, 'tradeShow');
    await expectSettled(world);
    for (const id of [plain, eastern, lead]) {
      expect(world.twenty.get('company', id)).toMatchObject({
        poolStatus: 'POOLED',
        pooledSince: expect.any(String),
        ownedSince: null,
      });
      expect(await historyOf(world, id)).toEqual(['ROUTED']);
    }
  });

  it('should keep the owner a customer is created with, and start no clock for one without', async () => {
    const id = await create({ accountOwnerId: tom.id, address: { addressState: '江苏' } });
    await inPool(id, 'east');
    await expectSettled(world);
    expect(world.twenty.get('company', id)).toMatchObject({
      accountOwnerId: tom.id,
      poolStatus: 'OWNED',
      ownedSince: expect.any(String),
      pooledSince: null,
    });
  });

  it('should leave a person alone whom no pool manages', async () => {
    const id = await world.twenty.create(alice, 'person', { name: { firstName: 'A', lastName: 'Contact' } });
    const imported = await world.twenty.create(alice, 'person', {
      name: { firstName: 'A', lastName: 'Lead' },
      createdBy: { source: 'IMPORT' },
    });
    await inPool(imported, 'tradeShow', 'person');
    await expectSettled(world);
    expect(world.twenty.get('person', id)).toMatchObject({ customerPoolId: null, poolStatus: null });
    const client = await world.as(tom);
    expect((await client.claim([{ object: 'PERSON', recordId: id }])).outcomes).toMatchObject([
      { refusal: { code: 'NOT_MANAGED' } },
    ]);
  });

  it('should say on the pool that Twenty refuses its filter, and take it back when it is mended', async () => {
    const good = pool('east')?.['routingFilter'];
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.east, {
      routingFilter: { noSuchField: { eq: 1 } },
    });
    await eventually(async () =>
      expect(
        (
          await world.rows<{ filter: unknown }>(`SELECT policy->'routingFilter' AS filter FROM pool WHERE id = $1`, [
            world.twenty.pools.east,
          ])
        )[0]?.filter,
      ).toEqual({ noSuchField: { eq: 1 } }),
    );
    const id = await create({ address: { addressState: '上海' } });
    await inPool(id, 'company');
    await eventually(() => expect(pool('east')?.['policyProblem']).toEqual(expect.stringContaining('routingFilter')));

    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.east, { routingFilter: good });
    await eventually(async () =>
      expect(
        (
          await world.rows<{ filter: unknown }>(`SELECT policy->'routingFilter' AS filter FROM pool WHERE id = $1`, [
            world.twenty.pools.east,
          ])
        )[0]?.filter,
      ).toEqual(good),
    );
    await inPool(await create({ address: { addressState: '上海' } }), 'east');
    await eventually(() => expect(pool('east')?.['policyProblem'] || null).toBeNull());
    await expectSettled(world);
  });

  it('should keep the last good number when a new one cannot be used, and say so on the pool', async () => {
    const limitOf = async () => {
      const { viewer } = (await (await world.as(tom)).must('{ viewer { capacities { pool { id } limit } } }')) as {
        viewer: { capacities: { pool: { id: string } | null; limit: number }[] };
      };
      return viewer.capacities.find(({ pool: of }) => of?.id === world.twenty.pools.company)?.limit;
    };
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, { holdingCapacity: 3 });
    await eventually(async () => expect(await limitOf()).toBe(3));
    for (const wrong of [-1, 2.5, 10_000_000]) {
      await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, { holdingCapacity: wrong });
      await eventually(() =>
        expect(pool('company')?.['policyProblem']).toEqual(expect.stringContaining('holdingCapacity')),
      );
      expect(await limitOf()).toBe(3);
    }
    const ids = await Promise.all([1, 2, 3, 4].map(() => create({})));
    for (const id of ids) await inPool(id, 'company');
    await expectSettled(world);
    expect(
      (await (await world.as(tom)).claim(ids.map(company))).outcomes.map(
        ({ status, refusal }) => refusal?.code ?? status,
      ),
    ).toEqual(['DONE', 'DONE', 'DONE', 'CAPACITY']);
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, { holdingCapacity: 5 });
    await eventually(async () => expect(await limitOf()).toBe(5));
    await eventually(() => expect(pool('company')?.['policyProblem'] || null).toBeNull());
  });

  it('should claim nothing from an inactive or a managed pool', async () => {
    const [id, other] = [await create({}), await create({})];
    await inPool(id, 'company');
    await inPool(other, 'company');
    const policyIs = (key: string, value: unknown) =>
      eventually(async () =>
        expect(
          (
            await world.rows<{ value: unknown }>('SELECT policy->$1 AS value FROM pool WHERE id = $2', [
              key,
              world.twenty.pools.company,
            ])
          )[0]?.value,
        ).toBe(value),
      );
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, { claimingMode: 'MANAGED' });
    await policyIs('claimingMode', 'MANAGED');
    expect((await (await world.as(tom)).claim([company(id)])).outcomes).toMatchObject([
      { refusal: { code: 'POOL_MANAGED' } },
    ]);
    expect(await (await world.as(world.twenty.member('li.wei'))).claim([company(id)])).toMatchObject({ done: 1 });
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, {
      isActive: false,
      claimingMode: 'SELF_SERVICE',
    });
    await policyIs('isActive', false);
    expect((await (await world.as(tom)).claim([company(other)])).outcomes).toMatchObject([
      { refusal: { code: 'POOL_INACTIVE' } },
    ]);
    await world.twenty.edit(alice, 'customerPool', world.twenty.pools.company, { isActive: true });
    await policyIs('isActive', true);
  });

  it('should let a member of a pool have limits of their own', async () => {
    const sun = world.twenty.member('sun.li');
    const membership = world.twenty
      .all('customerPoolMember')
      .find((row) => row['memberId'] === sun.id && row['customerPoolId'] === world.twenty.pools.company);
    await world.twenty.edit(alice, 'customerPoolMember', membership?.id ?? '', { holdingCapacity: 1 });
    await eventually(async () =>
      expect(
        await world.rows('SELECT 1 FROM pool_member WHERE member_id = $1 AND holding_capacity = 1', [sun.id]),
      ).toHaveLength(1),
    );
    const ids = [await create({}), await create({})];
    for (const id of ids) await inPool(id, 'company');
    await expectSettled(world);
    expect((await (await world.as(sun, 'zh-CN')).claim(ids.map(company))).outcomes).toMatchObject([
      { status: 'DONE' },
      { refusal: { code: 'CAPACITY', message: '已达保有量上限：1 / 1。' } },
    ]);
  });
});
