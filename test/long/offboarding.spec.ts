import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

describe('a member who is removed in Twenty', () => {
  let world: HighseasWorld;
  let alice: Member;
  const owned: Record<string, { companies: string[]; people: string[] }> = {};
  let free: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        for (const mailbox of ['zhao.lei', 'tom.baker', 'sun.li']) {
          const { id } = twenty.member(mailbox);
          owned[mailbox] = {
            companies: [
              ...Array.from({ length: 5 }, () => twenty.seedCompany({ accountOwnerId: id })),
              ...Array.from({ length: 3 }, () =>
                twenty.seedCompany({ accountOwnerId: id, address: { addressState: '上海' } }),
              ),
            ],
            people: Array.from({ length: 2 }, () => twenty.seedPerson({ ownerId: id, ...imported })),
          };
        }
        free = Array.from({ length: 5 }, () => twenty.seedCompany());
      },
    });
    alice = world.twenty.member('alice.morgan');
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  const offboarded = (ids: string[]) =>
    eventually(async () => {
      for (const id of ids) expect((await historyOf(world, id)).at(-1)).toBe('OFFBOARDED');
    });

  it('should leave every customer in its home pool, with a history that knows the name', async () => {
    const gone = world.twenty.member('zhao.lei');
    const { companies = [], people = [] } = owned['zhao.lei'] ?? {};
    await world.twenty.removeMember(alice, gone);
    await offboarded([...companies, ...people]);
    await expectSettled(world);
    for (const [index, id] of companies.entries()) {
      expect(world.twenty.get('company', id)).toMatchObject({
        accountOwnerId: null,
        poolStatus: 'POOLED',
        customerPoolId: index < 5 ? world.twenty.pools.company : world.twenty.pools.east,
        ownedSince: null,
        pooledSince: expect.any(String),
      });
    }
    for (const id of people)
      expect(world.twenty.get('person', id)).toMatchObject({
        ownerId: null,
        poolStatus: 'POOLED',
        customerPoolId: world.twenty.pools.tradeShow,
      });
    const client = await world.as(alice);
    expect((await client.history(company(companies[0] ?? ''))).at(-1)).toMatchObject({
      type: 'OFFBOARDED',
      from: { name: gone.name, active: false },
      to: null,
      actor: null,
      bySystem: true,
    });
    const mirrored = world.twenty.all('ownershipEvent').filter((event) => event['eventType'] === 'OFFBOARDED');
    expect(mirrored).toHaveLength(10);
    for (const event of mirrored) expect(event).toMatchObject({ fromName: gone.name, fromMemberId: null });
  });

  it('should no longer be let in, and let others claim what was theirs', async () => {
    const gone = world.twenty.member('zhao.lei');
    const [first = ''] = owned['zhao.lei']?.companies ?? [];
    expect(await (await world.as(world.twenty.member('emma.clark'))).claim([company(first)])).toMatchObject({
      done: 1,
    });
    await expect(world.twenty.token(gone).then((token) => token ?? 'none')).resolves.toBe('none');
    await expectSettled(world);
  });

  it('should be noticed when the webhook was lost', async () => {
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    const { companies = [], people = [] } = owned['tom.baker'] ?? {};
    await world.twenty.removeMember(alice, world.twenty.member('tom.baker'));
    // A new engine reads the members first, as each does once a minute.
    await world.killEngine();
    await world.startEngine();
    await offboarded([...companies, ...people]);
    await expectSettled(world);
  });

  it('should not be taken for an edit by whoever reads the empty owner first', async () => {
    const sophie = world.twenty.member('sophie.turner');
    const [, recent = ''] = free;
    await (await world.as(sophie)).claim([company(recent)]);
    await expectSettled(world);
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await world.twenty.removeMember(alice, sophie);
    // Twenty empties the owner without a new time: what makes the feed read the record is somebody's edit of something else.
    await world.twenty.edit(alice, 'company', recent, { name: 'Renamed' });
    await eventually(() => expect(world.twenty.get('company', recent)).toMatchObject({ poolStatus: 'POOLED' }));
    await expectSettled(world);
    expect(await historyOf(world, recent)).toEqual(['ROUTED', 'CLAIMED', 'OFFBOARDED']);
  });

  it('should not be taken for an edit of each customer where edits are taken back', async () => {
    world.twenty.setVariable('DIRECT_EDITS', 'REVERT');
    await world.stopEngine();
    await world.startEngine();
    const { companies = [], people = [] } = owned['sun.li'] ?? {};
    const [claimed = ''] = free;
    await (await world.as(world.twenty.member('sun.li'))).claim([company(claimed)]);
    await world.twenty.removeMember(alice, world.twenty.member('sun.li'));
    await offboarded([...companies, ...people, claimed]);
    await expectSettled(world);
    expect(await historyOf(world, claimed)).toEqual(['ROUTED', 'CLAIMED', 'OFFBOARDED']);
  });
});
