import type { EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 5];
const leadCount = 1000;

interface Decision {
  recordId: string;
  name: string | null;
  to: { id: string; name: string } | null;
  strategy: string;
  why: string;
  text: string;
  candidates: { member: { id: string }; skipped: string | null; skippedText: string | null }[];
}

async function ledger(
  client: EngineClient,
  poolId: string,
  first = 50,
  after: string | null = null,
): Promise<{ decisions: Decision[]; endCursor: string | null; hasNextPage: boolean }> {
  const answer = await client.must(
    `query($poolId: ID!, $first: Int, $after: String) { assignmentDecisions(poolId: $poolId, first: $first, after: $after) { endCursor hasNextPage
      decisions { recordId name to { id name } strategy why text candidates { member { id } skipped skippedText } } } }`,
    { poolId, first, after },
  );
  return answer['assignmentDecisions'] as { decisions: Decision[]; endCursor: string | null; hasNextPage: boolean };
}

describe('automatic assignment, with two engines', () => {
  let world: HighseasWorld;
  let team: Member[] = [];
  let away: Member[] = [];
  const pools = { weighted: '', small: '', match: '', best: '', later: '' };
  let waitingForSchedule = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        const members = twenty.addMembers(20);
        team = members.slice(0, 10);
        away = members.slice(10, 13);
        const source = (name: string) => ({
          routingFilter: { name: { ilike: `${name}%` } },
          priority: 1,
          managesCompanies: true,
          isActive: true,
          visibility: 'EVERYONE',
          firstFollowUpDays: null,
          followUpDays: null,
          graceDays: 7,
        });
        pools.weighted = twenty.seed('customerPool', {
          name: 'Leads',
          ...source('Lead'),
          autoAssign: 'WEIGHTED',
          autoAssignWhen: 'ON_ENTRY',
          priorContactFirst: true,
          holdingCapacity: null,
        });
        pools.small = twenty.seed('customerPool', {
          name: 'Small',
          ...source('Small'),
          autoAssign: 'ROUND_ROBIN',
          autoAssignWhen: 'ON_ENTRY',
          priorContactFirst: true,
          holdingCapacity: 2,
        });
        pools.match = twenty.seed('customerPool', {
          name: 'Cities',
          ...source('City'),
          autoAssign: 'MATCH',
          matchFields: ['address.addressCity'],
          autoAssignWhen: 'ON_ENTRY',
          holdingCapacity: null,
        });
        pools.best = twenty.seed('customerPool', {
          name: 'Best',
          ...source('Best'),
          autoAssign: 'BEST_PERFORMER',
          autoAssignWhen: 'ON_ENTRY',
          newcomerFloorPercent: 0,
          holdingCapacity: null,
        });
        pools.later = twenty.seed('customerPool', {
          name: 'Later',
          ...source('Later'),
          autoAssign: 'LEAST_LOADED',
          autoAssignWhen: 'ON_SCHEDULE',
          autoAssignSchedule: '*/5 * * * * *',
          holdingCapacity: null,
        });
        waitingForSchedule = twenty.seedCompany({ name: 'Later, but not now' });
        const join = (customerPoolId: string, member: Member | undefined, values = {}) =>
          twenty.seed('customerPoolMember', {
            customerPoolId,
            memberId: member?.id,
            memberRole: 'MEMBER',
            weight: 1,
            isOnDuty: true,
            ...values,
          });
        team.forEach((member, index) => join(pools.weighted, member, { weight: weights[index] }));
        join(pools.weighted, away[0], { weight: 50, isOnDuty: false });
        join(pools.weighted, away[1], { weight: 50 });
        join(pools.weighted, away[2], { weight: 50, memberRole: 'MANAGER' });
        join(pools.small, team[0]);
        join(pools.small, team[1]);
        join(pools.match, team[2], { matchValues: { 'address.addressCity': ['上海'] } });
        join(pools.match, team[3], { matchValues: { 'address.addressCity': ['Berlin', 'Paris'] } });
        join(pools.best, team[5]);
        join(pools.best, team[6]);
        join(pools.later, team[7]);
        const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
        twenty.seed('memberLeave', { memberId: away[1]?.id, from: day(-2), until: day(2) });
      },
    });
  });
  afterAll(() => world?.close());

  const companiesOf = (poolId: string) =>
    world.twenty.all('company').filter((record) => record['customerPoolId'] === poolId && record.deletedAt === null);
  const ownersIn = (poolId: string) => companiesOf(poolId).map((record) => record['accountOwnerId'] as string | null);
  const admin = () => world.twenty.member('alice.morgan');

  it('should give a thousand leads that come at once out in exact shares, and nothing to who is away, off duty or only manages', async () => {
    const user = admin();
    const names = Array.from({ length: leadCount }, (_, index) => `Lead ${String(index).padStart(4, '0')}`);
    await Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        for (let at = lane; at < names.length; at += 20)
          await world.twenty.create(user, 'company', { name: names[at] });
      }),
    );
    await eventually(() => expect(ownersIn(pools.weighted).filter(Boolean)).toHaveLength(leadCount), {
      withinMs: 100_000,
      everyMs: 500,
    });
    const counts = team.map(({ id }) => ownersIn(pools.weighted).filter((owner) => owner === id).length);
    expect(counts).toEqual(weights.map((weight) => (weight * leadCount) / 50));
    await expectSettled(world);
    const [first] = companiesOf(pools.weighted);
    expect(await historyOf(world, first?.id ?? '')).toEqual(['ROUTED', 'ASSIGNED']);
  }, 150_000);

  it('should show everybody in the ledger what was given to whom and why, page by page', async () => {
    const reader = await world.as(team[0] ?? admin(), 'en');
    const { decisions, endCursor, hasNextPage } = await ledger(reader, pools.weighted, 200);
    expect(decisions).toHaveLength(200);
    expect(hasNextPage).toBe(true);
    const next = await ledger(reader, pools.weighted, 200, endCursor);
    expect(new Set([...decisions, ...next.decisions].map(({ recordId }) => recordId)).size).toBe(400);
    const [decision] = decisions;
    expect(decision).toMatchObject({ strategy: 'WEIGHTED', why: 'WEIGHTED' });
    expect(decision?.text).toMatch(
      /^By weight Rep \d was next \(weight \d\)\. Skipped: 1 off duty, 1 on leave\.|^By weight Rep \d was next \(weight \d\)\. Skipped: 1 on leave, 1 off duty\./,
    );
    expect(decision?.candidates[0]?.member.id).toBe(decision?.to?.id);
    const chinese = await ledger(await world.as(team[0] ?? admin(), 'zh-CN'), pools.weighted, 1);
    expect(chinese.decisions[0]?.text).toContain('按权重轮到');
  });

  it('should keep what nobody can take in the pool, with the reason', async () => {
    for (const name of ['Small 1', 'Small 2', 'Small 3', 'Small 4', 'Small 5'])
      await world.twenty.create(admin(), 'company', { name });
    const reader = await world.as(team[0] ?? admin(), 'en');
    const { decisions } = await eventually(
      async () => {
        const page = await ledger(reader, pools.small);
        expect(page.decisions).toHaveLength(5);
        return page;
      },
      { withinMs: 40_000 },
    );
    const stays = decisions.filter(({ to }) => to === null);
    expect(stays).toEqual([
      expect.objectContaining({
        why: 'NO_ELIGIBLE_MEMBER',
        text: 'It stays in the pool: nobody could take it. Skipped: 2 at their limit.',
      }),
    ]);
    await expectSettled(world);
    expect(
      [team[0], team[1]].map((member) => ownersIn(pools.small).filter((owner) => owner === member?.id).length),
    ).toEqual([2, 2]);
  });

  it('should give a customer that was released to the others, never back', async () => {
    await expectSettled(world);
    const [mine] = companiesOf(pools.small).filter((record) => record['accountOwnerId'] === team[0]?.id);
    if (!mine || !team[0]) throw new Error('Nothing was given to the first of the team');
    const released = await (
      await world.as(team[0])
    ).release([{ object: 'COMPANY', recordId: mine.id }], { reason: 'NO_NEED', poolId: pools.weighted });
    expect(released.done).toBe(1);
    await eventually(() => expect(world.twenty.ownerOf('company', mine.id)).toBeTruthy(), { withinMs: 40_000 });
    expect(world.twenty.ownerOf('company', mine.id)).not.toBe(team[0].id);
    const [row] = await world.rows<{
      facts: { candidates: { memberId: string; skipped: string | null }[]; skipped: Record<string, number> };
    }>(`SELECT facts FROM ownership_event WHERE record_id = $1 AND type = 'ASSIGNED' ORDER BY seq DESC LIMIT 1`, [
      mine.id,
    ]);
    expect(row?.facts.skipped).toMatchObject({ RELEASED_IT: 1 });
  });

  it('should give a customer back to who had it when a manager has put it into the pool', async () => {
    await expectSettled(world);
    const [known] = companiesOf(pools.weighted).filter((record) => record['accountOwnerId'] === team[4]?.id);
    if (!known) throw new Error('Nothing was given to the fifth of the team');
    const released = await (
      await world.as(admin())
    ).release([{ object: 'COMPANY', recordId: known.id }], { reason: 'OTHER' });
    expect(released.done).toBe(1);
    await eventually(
      async () => {
        expect(world.twenty.ownerOf('company', known.id)).toBe(team[4]?.id);
        expect(await historyOf(world, known.id)).toEqual(['ROUTED', 'ASSIGNED', 'RELEASED', 'ASSIGNED']);
      },
      { withinMs: 40_000 },
    );
    const { decisions } = await ledger(await world.as(admin(), 'en'), pools.weighted, 1);
    expect(decisions[0]).toMatchObject({ recordId: known.id, why: 'PRIOR_CONTACT' });
  });

  it('should match what the record shows in Twenty with what members take', async () => {
    const shanghai = await world.twenty.create(admin(), 'company', {
      name: 'City A',
      address: { addressCity: ' 上海' },
    });
    const paris = await world.twenty.create(admin(), 'company', { name: 'City B', address: { addressCity: 'PARIS' } });
    const rome = await world.twenty.create(admin(), 'company', { name: 'City C', address: { addressCity: 'Rome' } });
    await eventually(
      () => {
        expect(world.twenty.ownerOf('company', shanghai)).toBe(team[2]?.id);
        expect(world.twenty.ownerOf('company', paris)).toBe(team[3]?.id);
      },
      { withinMs: 40_000 },
    );
    const { decisions } = await ledger(await world.as(admin(), 'en'), pools.match);
    expect(decisions.find(({ recordId }) => recordId === rome)).toMatchObject({
      to: null,
      text: 'It stays in the pool: nobody could take it. Skipped: 2 no match.',
    });
  });

  it('should give the first lead to the best of the last weeks', async () => {
    const [, busy] = [team[5], team[6]].sort((a, b) => (a?.id ?? '').localeCompare(b?.id ?? ''));
    await world.sql.query(
      `INSERT INTO activity (kind, source_id, target_object, target_id, origin_id, at, member_id)
       SELECT 'NOTE', gen_random_uuid(), 'COMPANY', gen_random_uuid(), gen_random_uuid(), now() - interval '2 days', $1 FROM generate_series(1, 7)`,
      [busy?.id],
    );
    const id = await world.twenty.create(admin(), 'company', { name: 'Best 1' });
    await eventually(() => expect(world.twenty.ownerOf('company', id)).toBe(busy?.id), { withinMs: 40_000 });
    const { decisions } = await ledger(await world.as(admin(), 'en'), pools.best);
    expect(decisions[0]?.text).toBe(`By the results of the last four weeks ${busy?.name} was next (7 points).`);
  });

  it('should give out on its schedule what was in the pool before', async () => {
    await eventually(() => expect(world.twenty.ownerOf('company', waitingForSchedule)).toBe(team[7]?.id), {
      withinMs: 60_000,
    });
  });

  it('should still give out after a rebuild what was waiting before it', async () => {
    await expectSettled(world);
    const waiting = companiesOf(pools.small)
      .filter((record) => record['accountOwnerId'] === null)
      .map(({ id }) => id);
    const pooled = world.twenty.seedCompany({
      name: 'An older one',
      customerPoolId: pools.match,
      poolStatus: 'POOLED',
      pooledSince: '2020-01-01T00:00:00.000Z',
      address: { addressCity: 'Paris' },
    });
    world.twenty.patch('customerPool', pools.small, { holdingCapacity: 20 });
    await world.stopEngine();
    await world.stopEngine();
    await world.rebuild();
    await world.startEngine();
    await eventually(
      () =>
        expect(waiting.map((id) => world.twenty.ownerOf('company', id)).filter(Boolean)).toHaveLength(waiting.length),
      { withinMs: 60_000 },
    );
    expect(waiting.length).toBeGreaterThan(0);
    expect(await world.rows('SELECT status, auto_assign_due FROM customer WHERE record_id = $1', [pooled])).toEqual([
      { status: 'POOLED', auto_assign_due: null },
    ]);
  });

  it('should keep the ledger of a pool from who does not see the pool, and refuse cursors that are none', async () => {
    const stranger = await world.as(away[0] ?? admin());
    const query =
      'query($poolId: ID!, $after: String) { assignmentDecisions(poolId: $poolId, after: $after) { endCursor } }';
    expect((await stranger.ask(query, { poolId: world.twenty.pools.east })).errors[0]?.extensions?.['code']).toBe(
      'FORBIDDEN',
    );
    expect(
      (await stranger.ask(query, { poolId: pools.match, after: 'nonsense' })).errors[0]?.extensions?.['code'],
    ).toBe('BAD_USER_INPUT');
  });
});
