import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { expectSettled } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const count = 10_000;
const capacities = [1000, 3000, 4000, 6000];
const held = [0, 500, 0, 1000];
const patience = 900_000;

/** Everybody's room is what the limit leaves; the shares are in proportion to it. */
const rooms = capacities.map((capacity, index) => capacity - (held[index] ?? 0));

describe('everything of a member with ten thousand customers', () => {
  let world: HighseasWorld;
  let manager: Member;
  let receivers: Member[] = [];
  let from = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        receivers = twenty.addMembers(4);
        from = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: null });
        receivers.forEach(({ id }, index) => {
          twenty.seed('customerPoolMember', {
            customerPoolId: twenty.pools.company,
            memberId: id,
            memberRole: 'MEMBER',
            holdingCapacity: capacities[index],
          });
          for (let at = 0; at < (held[index] ?? 0); at += 1) twenty.seedCompany({ accountOwnerId: id });
        });
        for (let at = 0; at < count; at += 1) twenty.seedCompany({ accountOwnerId: from });
      },
    });
    manager = world.twenty.member('li.wei');
    await expectSettled(world, patience);
  }, patience);
  afterAll(() => world?.close());

  const jobs = async () => new JobsClient(await world.as(manager, 'en'));
  const holdings = () => {
    const owners = world.twenty.all('company').map((record) => record['accountOwnerId']);
    return receivers.map(({ id }, index) => owners.filter((owner) => owner === id).length - (held[index] ?? 0));
  };
  const state = () =>
    world.rows(
      'SELECT record_id, status, pool_id, owner_id, former_owner_id, owned_since, pooled_since, reclaim_on, reclaim_rule FROM customer ORDER BY record_id',
    );

  it(
    'should go to four others by free capacity as previewed, once although the engine dies half way, and come back',
    async () => {
      const before = await state();
      const input = {
        selection: { allOwnedBy: from },
        toMemberIds: receivers.map(({ id }) => id),
        strategy: 'BY_FREE_CAPACITY',
      };
      const preview = await (await jobs()).preview(input);
      const shares = preview.perMember.map(({ receives }) => receives);
      expect(shares.reduce((a, b) => a + b)).toBe(count);
      const room = rooms.reduce((a, b) => a + b);
      shares.forEach((share, index) => expect(Math.abs(share - (count * (rooms[index] ?? 0)) / room)).toBeLessThan(1));

      const startedAt = Date.now();
      const { id } = await (await jobs()).reassign(input);
      await eventually(async () => expect((await (await jobs()).get(id))?.done).toBeGreaterThan(count / 2), {
        withinMs: patience,
      });
      await world.killEngine();
      await world.startEngine();
      expect(await (await jobs()).finished(id, patience)).toMatchObject({
        status: 'DONE',
        total: count,
        done: count,
        refused: 0,
      });
      const tookMs = Date.now() - startedAt;
      await expectSettled(world, patience);
      expect(holdings()).toEqual(shares);
      const [events] = await world.rows<{ n: number; customers: number }>(
        `SELECT count(*)::int AS n, count(DISTINCT record_id)::int AS customers FROM ownership_event WHERE batch_id = $1 AND state = 'CONFIRMED'`,
        [id],
      );
      expect(events).toEqual({ n: count, customers: count });

      const undo = await (await jobs()).undo(id);
      await eventually(async () => expect((await (await jobs()).get(undo.id))?.done).toBeGreaterThan(count / 2), {
        withinMs: patience,
      });
      await world.killEngine();
      await world.startEngine();
      expect(await (await jobs()).finished(undo.id, patience)).toMatchObject({
        status: 'DONE',
        done: count,
        refused: 0,
      });
      await expectSettled(world, patience);
      expect(await state()).toEqual(before);
      process.stderr.write(`10,000 customers moved in ${Math.round(tookMs / 1000)} s, an engine's death included\n`);
    },
    2 * patience,
  );
});
