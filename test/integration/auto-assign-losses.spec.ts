import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const strategies = ['ROUND_ROBIN', 'WEIGHTED'];

describe('an automatic assignment that Twenty does not take', () => {
  let world: HighseasWorld;
  let team: Member[] = [];
  let outsider: Member | undefined;

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_TIMEOUT_MS: '1000', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => {
        const members = twenty.addMembers(4);
        team = members.slice(0, 3).sort((a, b) => a.id.localeCompare(b.id));
        outsider = members[3];
        for (const strategy of strategies) {
          const customerPoolId = twenty.seed('customerPool', {
            name: strategy,
            routingFilter: { name: { ilike: `${strategy}%` } },
            priority: 1,
            managesCompanies: true,
            isActive: true,
            visibility: 'EVERYONE',
            autoAssign: strategy,
            autoAssignWhen: 'ON_ENTRY',
            holdingCapacity: null,
          });
          for (const { id: memberId } of team)
            twenty.seed('customerPoolMember', {
              customerPoolId,
              memberId,
              memberRole: 'MEMBER',
              weight: 1,
              isOnDuty: true,
            });
        }
      },
    });
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  it.each(strategies)('should not cost a turn (%s)', async (strategy) => {
    const admin = world.twenty.member('alice.morgan');
    await expectSettled(world);
    world.sandbox.setFaults({ errorRate: 1, statusCode: 503, matching: 'mutation WriteCompanies' });
    const lost = await world.twenty.create(admin, 'company', { name: `${strategy} lost` });
    await eventually(async () =>
      expect(
        await world.rows(`SELECT to_id FROM ownership_event WHERE record_id = $1 AND type = 'ASSIGNED'`, [lost]),
      ).toEqual([{ to_id: team[0]?.id }]),
    );
    await world.twenty.edit(admin, 'company', lost, { accountOwnerId: outsider?.id });
    world.sandbox.setFaults({});
    await expectSettled(world);
    expect(world.twenty.ownerOf('company', lost)).toBe(outsider?.id);
    expect(await historyOf(world, lost)).not.toContain('ASSIGNED');

    const owners: unknown[] = [];
    for (const index of [1, 2, 3]) {
      const id = await world.twenty.create(admin, 'company', { name: `${strategy} ${index}` });
      await eventually(() => expect(world.twenty.ownerOf('company', id)).toBeTruthy());
      owners.push(world.twenty.ownerOf('company', id));
    }
    // As if the lost one had never been: the first of them is the first.
    expect(owners[0]).toBe(team[0]?.id);
    expect(new Set(owners)).toEqual(new Set(team.map(({ id }) => id)));
    await expectSettled(world);
  });
});
