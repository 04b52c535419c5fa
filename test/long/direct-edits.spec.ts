import { company, person } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const writes = 'mutation WriteCompanies';

describe('edits made in Twenty, when they are accepted', () => {
  let world: HighseasWorld;
  let alice: Member;
  let tom: Member;
  let emma: Member;
  const companies: string[] = [];
  let lead = '';
  const next = () => companies.pop() ?? '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < 30; index += 1) companies.push(twenty.seedCompany());
        lead = twenty.seedPerson({
          createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null },
        });
      },
    });
    [alice, tom, emma] = ['alice.morgan', 'tom.baker', 'emma.clark'].map((mailbox) => world.twenty.member(mailbox)) as [
      Member,
      Member,
      Member,
    ];
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  const lastEvent = async (id: string, object: 'company' | 'person' = 'company') =>
    (await (await world.as(alice)).history(object === 'company' ? company(id) : person(id))).at(-1);
  const observed = (id: string, types: string[]) =>
    eventually(async () => expect(await historyOf(world, id)).toEqual(types));

  it('should take a new owner for an event by whoever did it, and start the clock', async () => {
    const id = next();
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    await observed(id, ['ROUTED', 'OBSERVED']);
    await expectSettled(world);
    expect(await lastEvent(id)).toMatchObject({
      type: 'OBSERVED',
      from: null,
      to: { id: tom.id },
      actor: { id: alice.id, name: 'Alice Morgan' },
      bySystem: false,
    });
    expect(world.twenty.get('company', id)).toMatchObject({
      poolStatus: 'OWNED',
      customerPoolId: world.twenty.pools.company,
      pooledSince: null,
      ownedSince: expect.any(String),
    });
    expect((await (await world.as(emma)).claim([company(id)])).outcomes).toMatchObject([
      { refusal: { code: 'ALREADY_OWNED' } },
    ]);
  });

  it('should start the clock anew when the owner changes, and remember the former one', async () => {
    const id = next();
    await (await world.as(tom)).claim([company(id)]);
    await expectSettled(world);
    const since = world.twenty.get('company', id)?.['ownedSince'];
    await world.twenty.edit(tom, 'company', id, { accountOwnerId: emma.id });
    await observed(id, ['ROUTED', 'CLAIMED', 'OBSERVED']);
    await expectSettled(world);
    expect(await lastEvent(id)).toMatchObject({ from: { id: tom.id }, to: { id: emma.id }, actor: { id: tom.id } });
    const record = world.twenty.get('company', id);
    expect(record).toMatchObject({ accountOwnerId: emma.id, formerOwnerId: tom.id });
    expect(String(record?.['ownedSince']) > String(since)).toBe(true);
  });

  it('should put a customer back into its pool when the owner is cleared', async () => {
    const id = next();
    await (await world.as(tom)).claim([company(id)]);
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: null });
    await observed(id, ['ROUTED', 'CLAIMED', 'OBSERVED']);
    await expectSettled(world);
    expect(await lastEvent(id)).toMatchObject({ from: { id: tom.id }, to: null });
    expect(world.twenty.get('company', id)).toMatchObject({
      poolStatus: 'POOLED',
      ownedSince: null,
      pooledSince: expect.any(String),
      formerOwnerId: tom.id,
    });
    expect((await (await world.as(tom)).claim([company(id)])).outcomes).toMatchObject([
      { refusal: { code: 'COOLDOWN' } },
    ]);
    expect(await (await world.as(emma)).claim([company(id)])).toMatchObject({ done: 1 });
  });

  it('should observe the owner of a person as well', async () => {
    await world.twenty.edit(emma, 'person', lead, { ownerId: emma.id });
    await observed(lead, ['ROUTED', 'OBSERVED']);
    await expectSettled(world);
    expect(await lastEvent(lead, 'person')).toMatchObject({
      object: 'PERSON',
      to: { id: emma.id },
      actor: { id: emma.id },
    });
  });

  it('should take an owner set by a program for an event of the system', async () => {
    const id = next();
    await world.twenty.graphql(
      world.sandbox.credentials.apiKey,
      'mutation($id: UUID!, $m: UUID!) { updateCompany(id: $id, data: { accountOwnerId: $m }) { id } }',
      { id, m: tom.id },
    );
    await observed(id, ['ROUTED', 'OBSERVED']);
    expect(await lastEvent(id)).toMatchObject({ to: { id: tom.id }, actor: null, bySystem: true });
  });

  it('should find an edit whose webhook was lost', async () => {
    const id = next();
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    await observed(id, ['ROUTED', 'OBSERVED']);
    await expectSettled(world);
  });

  it('should observe once what it is told of many times', async () => {
    const id = next();
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    // The same values again move `updatedAt` and nothing else.
    for (let again = 0; again < 5; again += 1)
      await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    await observed(id, ['ROUTED', 'OBSERVED']);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'OBSERVED']);
  });

  it('should tell the claimer who was faster in Twenty itself, and charge nothing', async () => {
    const id = next();
    const client = await world.as(emma, 'en');
    await client.customer(company(id));
    world.sandbox.setFaults({ errorRate: 1, statusCode: 503, matching: writes });
    const claiming = client.claim([company(id)]);
    await eventually(async () =>
      expect(
        await world.rows('SELECT 1 FROM pending_write WHERE record_id = $1 AND settled_at IS NULL', [id]),
      ).toHaveLength(1),
    );
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    world.sandbox.setFaults({});
    expect((await claiming).outcomes).toMatchObject([
      {
        status: 'REFUSED',
        refusal: { code: 'ALREADY_OWNED', message: 'Already taken: Tom Baker has this customer now.' },
      },
    ]);
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'OBSERVED']);
    expect(world.twenty.ownerOf('company', id)).toBe(tom.id);
  });

  it.each([
    ['status', { poolStatus: 'ARCHIVED' }],
    ['pooled-since', { pooledSince: '2020-01-01T00:00:00.000Z' }],
    ['owned-since', { ownedSince: '2020-01-01T00:00:00.000Z' }],
    ['pool', { customerPoolId: null }],
  ])('should write the derived %s again when somebody edits it by hand', async (_what, data) => {
    const id = next();
    const before = world.twenty.get('company', id);
    await world.twenty.edit(alice, 'company', id, data);
    await eventually(() =>
      expect(world.twenty.get('company', id)).toMatchObject(
        Object.fromEntries(Object.keys(data).map((name) => [name, before?.[name]])),
      ),
    );
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED']);
  });

  it('should accept another pool that somebody chose in Twenty, if it takes such customers', async () => {
    const id = next();
    await world.twenty.edit(alice, 'company', id, { customerPoolId: world.twenty.pools.tradeShow });
    await observed(id, ['ROUTED', 'ROUTED']);
    await expectSettled(world);
    expect(await lastEvent(id)).toMatchObject({ pool: { id: world.twenty.pools.tradeShow }, actor: { id: alice.id } });
    await world.twenty.edit(alice, 'person', lead, { customerPoolId: world.twenty.pools.company });
    await eventually(() =>
      expect(world.twenty.get('person', lead)).toMatchObject({ customerPoolId: world.twenty.pools.tradeShow }),
    );
    await expectSettled(world);
  });

  it('should keep the owner of a deleted customer for its return, and forget a destroyed one', async () => {
    const id = next();
    await (await world.as(tom)).claim([company(id)]);
    await world.twenty.change(alice, 'delete', 'company', id);
    const client = await world.as(emma);
    await eventually(async () => expect(await client.customer(company(id))).toBeNull());
    expect((await client.claim([company(id)])).outcomes).toMatchObject([{ refusal: { code: 'NOT_FOUND' } }]);
    expect((await (await world.as(tom)).release([company(id)], { reason: 'OTHER' })).outcomes).toMatchObject([
      { refusal: { code: 'NOT_FOUND' } },
    ]);
    await world.twenty.change(alice, 'restore', 'company', id);
    await eventually(async () =>
      expect(await client.customer(company(id))).toMatchObject({ status: 'OWNED', owner: { id: tom.id } }),
    );
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED']);
    await world.twenty.change(alice, 'destroy', 'company', id);
    await eventually(async () => expect(await client.customer(company(id))).toBeNull());
    await expectSettled(world);
  });

  it('should refuse a claim of a customer that was destroyed without anybody saying so', async () => {
    const id = next();
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await world.twenty.change(alice, 'destroy', 'company', id);
    const { outcomes } = await (await world.as(emma)).claim([company(id)]);
    expect(outcomes).toMatchObject([{ status: 'REFUSED', refusal: { code: 'NOT_FOUND' } }]);
    await expectSettled(world);
  });
});

describe('edits made in Twenty, when they are taken back', () => {
  let world: HighseasWorld;
  let alice: Member;
  let tom: Member;
  let emma: Member;
  const companies: string[] = [];
  const next = () => companies.pop() ?? '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < 10; index += 1) companies.push(twenty.seedCompany({ name: `Customer ${index}` }));
        twenty.setVariable('DIRECT_EDITS', 'REVERT');
      },
    });
    [alice, tom, emma] = ['alice.morgan', 'tom.baker', 'emma.clark'].map((mailbox) => world.twenty.member(mailbox)) as [
      Member,
      Member,
      Member,
    ];
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const tasksOf = (member: Member, id: string) => {
    const targets = world.twenty
      .all('taskTarget')
      .filter((target) => target['targetCompanyId'] === id)
      .map((target) => target['taskId']);
    return world.twenty.all('task').filter((task) => task['assigneeId'] === member.id && targets.includes(task.id));
  };

  it('should give the customer back to its owner and tell both people', async () => {
    const id = next();
    await (await world.as(tom)).claim([company(id)]);
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: emma.id });
    await eventually(async () => expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'REVERTED']));
    await expectSettled(world);
    expect(world.twenty.get('company', id)).toMatchObject({ accountOwnerId: tom.id, poolStatus: 'OWNED' });
    expect((await (await world.as(alice)).history(company(id))).at(-1)).toMatchObject({
      type: 'REVERTED',
      from: { id: emma.id },
      to: { id: tom.id },
      bySystem: true,
    });
    for (const member of [tom, emma]) {
      expect(tasksOf(member, id)).toHaveLength(1);
      expect(tasksOf(member, id)[0]).toMatchObject({
        title: expect.stringContaining('Owner restored'),
        status: 'TODO',
      });
    }
  });

  it('should put a customer back into its pool when somebody helps themselves', async () => {
    const id = next();
    await world.twenty.edit(emma, 'company', id, { accountOwnerId: emma.id });
    await eventually(async () => expect(await historyOf(world, id)).toEqual(['ROUTED', 'REVERTED']));
    await expectSettled(world);
    expect(world.twenty.get('company', id)).toMatchObject({ accountOwnerId: null, poolStatus: 'POOLED' });
    expect(tasksOf(emma, id)).toHaveLength(1);
    // The way that is meant.
    expect(await (await world.as(emma)).claim([company(id)])).toMatchObject({ done: 1 });
    await expectSettled(world);
  });

  it('should leave and report a record that is edited a third time within the hour', async () => {
    const id = next();
    await (await world.as(tom)).claim([company(id)]);
    for (const reverted of [1, 2]) {
      await world.twenty.edit(alice, 'company', id, { accountOwnerId: emma.id });
      await eventually(async () =>
        expect((await historyOf(world, id)).filter((type) => type === 'REVERTED')).toHaveLength(reverted),
      );
      await expectSettled(world);
      expect(world.twenty.ownerOf('company', id)).toBe(tom.id);
    }
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: emma.id });
    await eventually(async () =>
      expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'REVERTED', 'REVERTED', 'OBSERVED']),
    );
    await expectSettled(world);
    expect(world.twenty.ownerOf('company', id)).toBe(emma.id);
    expect(world.engine.log()).toContain('the engine leaves this record as it is');
  });
});
