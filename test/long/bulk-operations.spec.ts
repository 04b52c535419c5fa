import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const count = 450;

describe('a bulk operation', () => {
  let world: HighseasWorld;
  let toms: string[] = [];
  let free: string[] = [];
  let [tom, manager]: Member[] = [];
  let receivers: Member[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        receivers = twenty.addMembers(4);
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: null, claimLimit: null });
        toms = Array.from({ length: count }, () =>
          twenty.seedCompany({ accountOwnerId: twenty.member('tom.baker').id }),
        );
        free = Array.from({ length: 30 }, () => twenty.seedCompany());
        // Two with a limit of their own, so that shares differ.
        receivers.slice(0, 2).forEach(({ id }, index) =>
          twenty.seed('customerPoolMember', {
            customerPoolId: twenty.pools.company,
            memberId: id,
            memberRole: 'MEMBER',
            holdingCapacity: [50, 100][index],
            weight: index + 1,
          }),
        );
      },
    });
    [tom, manager] = ['tom.baker', 'li.wei'].map((mailbox) => world.twenty.member(mailbox));
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  const as = async (member: Member | undefined, engine = world.engine) =>
    new JobsClient(await world.as(member ?? { email: '' }, 'en', engine));
  const ids = () => receivers.map(({ id }) => id);
  const held = () =>
    ids().map((id) => world.twenty.all('company').filter((record) => record['accountOwnerId'] === id).length);
  const toAll = { toMemberIds: [] as string[], strategy: 'EVENLY' };

  it('should finish once although the engine is killed half way, and be undone to the state before', async () => {
    const before = await world.rows(
      'SELECT record_id, owner_id, former_owner_id, owned_since, reclaim_on FROM customer ORDER BY record_id',
    );
    const input = { ...toAll, selection: { allOwnedBy: tom?.id }, toMemberIds: ids() };
    const jobs = await as(manager);
    const preview = await jobs.preview(input);
    expect(preview.perMember.map(({ receives }) => receives)).toEqual([50, 100, 150, 150]);

    world.sandbox.setFaults({ latencyMs: 150 });
    const { id } = await jobs.reassign(input);
    await eventually(async () => expect((await jobs.get(id))?.done).toBeGreaterThan(0), { everyMs: 20 });
    await world.killEngine();
    world.sandbox.setFaults({});
    expect(held().reduce((a, b) => a + b)).toBeLessThan(count);

    await world.startEngine();
    await world.startEngine();
    expect(await (await as(manager)).finished(id)).toMatchObject({
      status: 'DONE',
      total: count,
      done: count,
      refused: 0,
    });
    await expectSettled(world);
    expect(held()).toEqual([50, 100, 150, 150]);
    const [events] = await world.rows<{ n: number; customers: number }>(
      `SELECT count(*)::int AS n, count(DISTINCT record_id)::int AS customers FROM ownership_event WHERE batch_id = $1 AND state = 'CONFIRMED'`,
      [id],
    );
    expect(events).toEqual({ n: count, customers: count });

    const undo = await (await as(manager, world.engines[1])).undo(id);
    await eventually(async () => expect((await (await as(manager)).get(undo.id))?.done).toBeGreaterThan(0), {
      everyMs: 20,
    });
    await world.killEngine();
    expect(await (await as(manager)).finished(undo.id)).toMatchObject({ done: count, refused: 0 });
    await expectSettled(world);
    expect(
      await world.rows(
        'SELECT record_id, owner_id, former_owner_id, owned_since, reclaim_on FROM customer ORDER BY record_id',
      ),
    ).toEqual(before);
  });

  it('should stop between two batches when it is cancelled, and let what is done be undone', async () => {
    const jobs = await as(manager);
    world.sandbox.setFaults({ latencyMs: 200 });
    const { id } = await jobs.reassign({ ...toAll, selection: { allOwnedBy: tom?.id }, toMemberIds: ids().slice(2) });
    await eventually(async () => expect((await jobs.get(id))?.done).toBeGreaterThan(0), { everyMs: 20 });
    await expect(jobs.undo(id)).rejects.toThrow('BAD_USER_INPUT');
    expect(await jobs.cancel(id)).toMatchObject({ status: 'CANCELLED' });
    world.sandbox.setFaults({});
    const job = await jobs.finished(id);
    expect(job).toMatchObject({ status: 'CANCELLED', total: count, processed: job.done });
    expect(job.done).toBeGreaterThan(0);
    expect(job.done).toBeLessThan(count);
    await expectSettled(world);
    expect(held().reduce((a, b) => a + b)).toBe(job.done);
    expect(await jobs.finished((await jobs.undo(id)).id)).toMatchObject({ done: job.done, refused: 0 });
    await expectSettled(world);
    expect(held()).toEqual([0, 0, 0, 0]);
  });

  it('should leave what colleagues do meanwhile as it is, and not keep them waiting', async () => {
    const [clicker = { id: '', email: '', name: '' }] = receivers;
    const client = await world.as(clicker, 'en');
    const mine = await world.as(tom ?? { email: '' }, 'en');
    const jobs = await as(manager);
    const { id } = await jobs.reassign({ ...toAll, selection: { allOwnedBy: tom?.id }, toMemberIds: ids().slice(2) });
    const waits: number[] = [];
    const released = new Set<string>();
    for (const [index, recordId] of free.entries()) {
      const startedAt = Date.now();
      expect(await client.claim([company(recordId)])).toMatchObject({ done: 1 });
      waits.push(Date.now() - startedAt);
      const last = toms[count - 1 - index] ?? '';
      if ((await mine.release([company(last)], { reason: 'OTHER' })).done === 1) released.add(last);
    }
    const job = await jobs.finished(id);
    expect(job.done).toBe(count - released.size);
    expect(job.refusals.map(({ recordId }) => recordId).sort()).toEqual([...released].sort());
    await expectSettled(world);
    for (const recordId of released) expect(await historyOf(world, recordId)).not.toContain('VOID');
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(3000);
  });

  it('should take its customers by a filter of Twenty, and split them by weight', async () => {
    const names = free.slice(0, 9);
    for (const recordId of names)
      await world.twenty.edit(world.twenty.member('alice.morgan'), 'company', recordId, {
        name: `Filtered ${recordId}`,
      });
    const jobs = await as(manager);
    const [, second, third] = receivers;
    const input = {
      selection: { object: 'COMPANY', filter: { name: { startsWith: 'Filtered' } } },
      toMemberIds: [second?.id, third?.id],
      strategy: 'BY_WEIGHT',
    };
    const preview = await jobs.preview(input);
    expect(preview.perMember.map(({ receives }) => receives)).toEqual([6, 3]);
    expect(await jobs.finished((await jobs.reassign(input)).id)).toMatchObject({ done: 9 });
    expect(names.filter((recordId) => world.twenty.ownerOf('company', recordId) === second?.id)).toHaveLength(6);
    await expectSettled(world);
  });
});
