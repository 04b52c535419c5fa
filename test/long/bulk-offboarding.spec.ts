import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const capacity = 6;

describe('a leaver whose customers go to a successor', () => {
  let world: HighseasWorld;
  let alice: Member;
  const ids: Record<string, string[]> = { 'tom.baker': [], 'sun.li': [], 'zhao.lei': [] };
  const next = { opportunity: '', won: '', task: '', done: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        const emma = twenty.member('emma.clark');
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: capacity });
        twenty.setVariable('OFFBOARDING', 'TO_SUCCESSOR');
        twenty.setVariable('OFFBOARDING_SUCCESSOR', emma.email.toUpperCase());
        for (const mailbox of Object.keys(ids))
          ids[mailbox] = Array.from({ length: 4 }, () =>
            twenty.seedCompany({ accountOwnerId: twenty.member(mailbox).id }),
          );
        const [companyId] = ids['tom.baker'] ?? [];
        const ownerId = twenty.member('tom.baker').id;
        next.opportunity = twenty.seed('opportunity', { name: 'open', stage: 'MEETING', companyId, ownerId });
        next.won = twenty.seed('opportunity', {
          name: 'won',
          stage: 'CUSTOMER',
          companyId: twenty.seedCompany(),
          ownerId,
        });
        [next.task, next.done] = ['TODO', 'DONE'].map((status) => {
          const taskId = twenty.seed('task', {
            title: status,
            status,
            assigneeId: ownerId,
            dueAt: new Date(Date.now() + 86_400_000).toISOString(),
          });
          twenty.seed('taskTarget', { taskId, targetCompanyId: companyId });
          return taskId;
        }) as [string, string];
      },
    });
    alice = world.twenty.member('alice.morgan');
    await expectSettled(world);
    await eventually(async () => {
      if ((await world.rows('SELECT 1 FROM next_step')).length < 2)
        throw new Error('The next steps have not been read yet');
    });
  });
  afterAll(() => world?.close());

  const owners = (mailbox: string) => (ids[mailbox] ?? []).map((recordId) => world.twenty.ownerOf('company', recordId));
  const leave = async (mailbox: string) => {
    await world.twenty.removeMember(alice, world.twenty.member(mailbox));
    await eventually(async () => {
      for (const recordId of ids[mailbox] ?? []) expect((await historyOf(world, recordId)).at(-1)).toBe('OFFBOARDED');
    });
    await expectSettled(world);
  };

  it('should give them to the successor, each by one event, with their open next steps', async () => {
    const emma = world.twenty.member('emma.clark');
    await leave('tom.baker');
    expect(owners('tom.baker')).toEqual(Array.from({ length: 4 }, () => emma.id));
    for (const recordId of ids['tom.baker'] ?? [])
      expect(await historyOf(world, recordId)).toEqual(['ROUTED', 'OFFBOARDED']);
    const client = await world.as(alice);
    expect((await client.history(company(ids['tom.baker']?.[0] ?? ''))).at(-1)).toMatchObject({
      from: { name: 'Tom Baker', active: false },
      to: { id: emma.id },
      bySystem: true,
    });
    await eventually(() => {
      expect(world.twenty.get('opportunity', next.opportunity)).toMatchObject({ ownerId: emma.id });
      expect(world.twenty.get('task', next.task)).toMatchObject({ assigneeId: emma.id });
    });
    expect(world.twenty.get('opportunity', next.won)).toMatchObject({ ownerId: null });
    expect(world.twenty.get('task', next.done)).toMatchObject({ assigneeId: null });
  });

  it('should send what the successor has no room for to the pools', async () => {
    const emma = world.twenty.member('emma.clark');
    await leave('sun.li');
    expect(owners('sun.li').filter((owner) => owner === emma.id)).toHaveLength(capacity - 4);
    expect(owners('sun.li').filter((owner) => owner === null)).toHaveLength(4 - (capacity - 4));
  });

  it('should send everything to the pools when the successor has left, too', async () => {
    await world.twenty.removeMember(alice, world.twenty.member('emma.clark'));
    await leave('zhao.lei');
    expect(owners('zhao.lei')).toEqual([null, null, null, null]);
    await eventually(() =>
      expect(world.twenty.all('company').filter((record) => record['accountOwnerId'] !== null)).toEqual([]),
    );
    await expectSettled(world);
  });
});
