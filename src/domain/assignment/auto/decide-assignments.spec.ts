import fc from 'fast-check';
import type { AssignmentPolicy, Assignee, Lead } from './auto-assignment.types';
import { decideAssignments, turnWithout } from './decide-assignments';
import { describeAssignment, explain } from './describe-assignment';
import { firstTurn } from './turn';

const assignee = (memberId: string, changes: Partial<Assignee> = {}): Assignee => ({
  memberId,
  name: memberId.toUpperCase(),
  isActive: true,
  isOnLeave: false,
  isOnDuty: true,
  weight: 1,
  score: 0,
  isNewcomer: false,
  matchValues: null,
  inPool: 0,
  overall: 0,
  poolLimit: null,
  overallLimit: null,
  ...changes,
});
const lead = (key: string, changes: Partial<Lead> = {}): Lead => ({
  key,
  countsTowardsCapacity: true,
  pastOwners: [],
  duplicateOwnerId: null,
  sameAs: [],
  values: null,
  ...changes,
});
const leads = (count: number): Lead[] => Array.from({ length: count }, (_, index) => lead(`lead-${index}`));
const policy = (changes: Partial<AssignmentPolicy> = {}): AssignmentPolicy => ({
  strategy: 'ROUND_ROBIN',
  priorContactFirst: true,
  newcomerFloorPercent: 10,
  matchFields: [],
  ...changes,
});
const past = (memberId: string, until = '2026-03-01T00:00:00.000Z', changes = {}) => ({
  memberId,
  until,
  hasReleased: false,
  wasReclaimedLast: false,
  ...changes,
});

/** Who got how many. */
function shares(decisions: { memberId: string | null }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { memberId } of decisions) counts[memberId ?? 'nobody'] = (counts[memberId ?? 'nobody'] ?? 0) + 1;
  return counts;
}

const trio = [assignee('ann'), assignee('bob'), assignee('cat')];
const given = (all: Lead[], members: Assignee[], changes: Partial<AssignmentPolicy> = {}, turn = firstTurn) =>
  decideAssignments(all, members, policy(changes), turn).decisions.map(({ memberId }) => memberId);

describe('automatic assignment', () => {
  describe('who is skipped', () => {
    it.each<[string, Partial<Assignee>, string]>([
      ['has left Twenty', { isActive: false }, 'INACTIVE'],
      ['is on leave', { isOnLeave: true }, 'ON_LEAVE'],
      ['is off duty', { isOnDuty: false }, 'OFF_DUTY'],
      ['is full in the pool', { inPool: 5, poolLimit: 5 }, 'FULL'],
      ['is full in the workspace', { overall: 9, overallLimit: 9 }, 'FULL'],
    ])('should give nothing to a member who %s, and say so', (_, changes, skipped) => {
      const { decisions } = decideAssignments(
        leads(2),
        [assignee('ann', changes), assignee('bob')],
        policy(),
        firstTurn,
      );
      expect(decisions.map(({ memberId }) => memberId)).toEqual(['bob', 'bob']);
      expect(decisions[0]?.members).toEqual([
        expect.objectContaining({ memberId: 'ann', skipped }),
        expect.objectContaining({ memberId: 'bob', skipped: null }),
      ]);
    });

    it('should never give a customer to who released it, however long ago and whoever had it since', () => {
      const returned = lead('x', { pastOwners: [past('ann', '2020-01-01T00:00:00.000Z', { hasReleased: true })] });
      expect(given([returned], [assignee('ann')])).toEqual([null]);
      expect(given([returned], trio)).toEqual(['bob']);
    });

    it('should not give a customer back to who has just lost it by a reclaim', () => {
      expect(given([lead('x', { pastOwners: [past('ann', undefined, { wasReclaimedLast: true })] })], trio)).toEqual([
        'bob',
      ]);
    });

    it('should give a customer that a colleague owns under another record to nobody but the colleague', () => {
      const same = lead('x', { duplicateOwnerId: 'cat' });
      expect(given([same], trio)).toEqual(['cat']);
      expect(given([same], trio.slice(0, 2))).toEqual([null]);
    });

    it('should give the two halves of a duplicate that come together to one member', () => {
      const [first, second] = given(
        [lead('x', { sameAs: ['n:acme'] }), lead('y', { sameAs: ['d:acme.com', 'n:acme'] })],
        trio,
      );
      expect(second).toBe(first);
    });

    it('should fill each member to the limit and not beyond, and keep the rest in the pool with the reason', () => {
      const members = [assignee('ann', { inPool: 3, poolLimit: 5 }), assignee('bob', { overall: 7, overallLimit: 8 })];
      const { decisions } = decideAssignments(leads(5), members, policy(), firstTurn);
      expect(shares(decisions)).toEqual({ ann: 2, bob: 1, nobody: 2 });
      expect(decisions.at(-1)).toMatchObject({ memberId: null, rule: null, stays: 'NO_ELIGIBLE_MEMBER' });
    });

    it('should charge nothing for a won customer where those do not count', () => {
      const full = [assignee('ann', { inPool: 5, poolLimit: 5 })];
      expect(given([lead('x', { countsTowardsCapacity: false }), lead('y')], full)).toEqual(['ann', null]);
    });

    it('should say that a pool without members has none', () => {
      expect(decideAssignments(leads(1), [], policy(), firstTurn).decisions[0]).toMatchObject({
        memberId: null,
        stays: 'NO_MEMBERS',
      });
    });
  });

  describe('round robin', () => {
    it('should move on with each record, and go on where the last batch ended', () => {
      const { decisions, turn } = decideAssignments(leads(4), trio, policy(), firstTurn);
      expect(decisions.map(({ memberId }) => memberId)).toEqual(['ann', 'bob', 'cat', 'ann']);
      expect(given(leads(2), trio, {}, turn)).toEqual(['bob', 'cat']);
    });

    it('should pass over who cannot, and not wait for them', () => {
      expect(given(leads(4), [assignee('ann'), assignee('bob', { isOnLeave: true }), assignee('cat')])).toEqual([
        'ann',
        'cat',
        'ann',
        'cat',
      ]);
    });

    it('should go on after a member who is gone', () => {
      expect(given(leads(1), trio, {}, { lastMemberId: 'bert', credits: {} })).toEqual(['bob']);
    });
  });

  describe('by weight', () => {
    const weighted = { strategy: 'WEIGHTED' } as const;

    it('should give everybody exactly their weight, whatever the batches', () => {
      const weights = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 10 });
      fc.assert(
        fc.property(weights, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 3 }), (all, size, rounds) => {
          const members = all.map((weight, index) => assignee(`m${index}`, { weight }));
          const queue = leads(all.reduce((sum, weight) => sum + weight, 0) * rounds);
          const decisions: { memberId: string | null }[] = [];
          for (let turn = firstTurn; queue.length > 0;) {
            const result = decideAssignments(queue.splice(0, size), members, policy(weighted), turn);
            turn = result.turn;
            decisions.push(...result.decisions);
          }
          expect(shares(decisions)).toEqual(
            Object.fromEntries(all.map((weight, index) => [`m${index}`, weight * rounds])),
          );
        }),
      );
    });

    it('should spread a heavy member’s share over the round', () => {
      expect(
        given(leads(7), [assignee('ann', { weight: 5 }), assignee('bob'), assignee('cat')], weighted).join(' '),
      ).toBe('ann ann bob ann cat ann ann');
    });

    it('should give nothing to weight 0', () => {
      const { decisions } = decideAssignments(
        leads(3),
        [assignee('ann', { weight: 0 }), assignee('bob')],
        policy(weighted),
        firstTurn,
      );
      expect(shares(decisions)).toEqual({ bob: 3 });
      expect(decisions[0]?.members[0]).toMatchObject({ memberId: 'ann', skipped: 'ZERO_WEIGHT' });
    });
  });

  it('should level loads when the least loaded gets it, and take turns where they are equal', () => {
    const members = [assignee('ann', { inPool: 4 }), assignee('bob', { inPool: 1 }), assignee('cat', { inPool: 1 })];
    expect(
      shares(decideAssignments(leads(6), members, policy({ strategy: 'LEAST_LOADED' }), firstTurn).decisions),
    ).toEqual({ bob: 3, cat: 3 });
    expect(given(leads(3), members, { strategy: 'LEAST_LOADED' })).toEqual(['bob', 'cat', 'bob']);
  });

  describe('best performer', () => {
    const best = { strategy: 'BEST_PERFORMER' } as const;

    it('should give first and most to the best, in proportion to their results', () => {
      const members = [assignee('ann', { score: 9 }), assignee('bob', { score: 29 }), assignee('cat', { score: 59 })];
      const { decisions } = decideAssignments(leads(100), members, policy(best), firstTurn);
      expect(decisions[0]?.memberId).toBe('cat');
      expect(shares(decisions)).toEqual({ ann: 10, bob: 30, cat: 60 });
    });

    it('should keep the floor for newcomers, who have had no time for results', () => {
      const members = [
        assignee('ann', { score: 199 }),
        assignee('bob', { score: 99 }),
        assignee('new', { isNewcomer: true }),
      ];
      expect(
        shares(
          decideAssignments(leads(100), members, policy({ ...best, newcomerFloorPercent: 10 }), firstTurn).decisions,
        ),
      ).toEqual({ ann: 60, bob: 30, new: 10 });
    });

    it('should not hold a newcomer down to the floor who has earned more', () => {
      const members = [assignee('ann', { score: 49 }), assignee('new', { score: 49, isNewcomer: true })];
      expect(
        shares(
          decideAssignments(leads(10), members, policy({ ...best, newcomerFloorPercent: 10 }), firstTurn).decisions,
        ),
      ).toEqual({ ann: 5, new: 5 });
    });
  });

  describe('match', () => {
    const match = { strategy: 'MATCH', matchFields: ['address.addressCity', 'source'] } as const;
    const values = { 'address.addressCity': ['上海'], source: ['WEB'] };
    const members = [
      assignee('ann', { matchValues: { 'address.addressCity': ['北京'], source: ['*'] } }),
      assignee('bob', { matchValues: { 'address.addressCity': ['上海', '杭州'], source: ['web'] } }),
      assignee('cat', { matchValues: { 'address.addressCity': ['*'], source: ['*'] } }),
      assignee('dan'),
    ];

    it('should prefer who takes just this to who takes anything, and leave out who says nothing', () => {
      expect(given([lead('x', { values })], members, match)).toEqual(['bob']);
      expect(given([lead('x', { values: { ...values, source: ['FAIR'] } })], members, match)).toEqual(['cat']);
      expect(given([lead('x', { values })], [...members.slice(0, 1), ...members.slice(3)], match)).toEqual([null]);
    });

    it('should read a list alone as the values of each field', () => {
      expect(
        given(
          [lead('x', { values: { industry: ['Retail '] } })],
          [assignee('ann', { matchValues: ['ｒｅｔａｉｌ'] })],
          { strategy: 'MATCH', matchFields: ['industry'] },
        ),
      ).toEqual(['ann']);
    });

    it('should ask for nothing of its own where a field is called as JavaScript calls things', () => {
      const called = { strategy: 'MATCH', matchFields: ['constructor'] } as const;
      const taker = assignee('ann', { matchValues: { constructor: ['Bau'] } });
      expect(
        given([lead('x', { values: { constructor: ['bau'] } })], [assignee('bob', { matchValues: {} }), taker], called),
      ).toEqual(['ann']);
      expect(given([lead('x', { values: {} })], [taker], called)).toEqual([null]);
    });

    it('should keep a customer whose fields could not be read, and say so', () => {
      expect(decideAssignments(leads(1), members, policy(match), firstTurn).decisions[0]).toMatchObject({
        memberId: null,
        stays: 'FIELDS_UNREADABLE',
      });
    });
  });

  describe('prior contact', () => {
    const known = lead('x', {
      pastOwners: [past('bob', '2026-01-01T00:00:00.000Z'), past('cat', '2026-02-01T00:00:00.000Z')],
    });

    it('should win before every strategy: the one who had the customer last', () => {
      for (const strategy of ['ROUND_ROBIN', 'WEIGHTED', 'LEAST_LOADED', 'BEST_PERFORMER', 'MATCH'] as const) {
        expect(decideAssignments([known], trio, policy({ strategy }), firstTurn).decisions[0]).toMatchObject({
          memberId: 'cat',
          rule: 'PRIOR_CONTACT',
        });
      }
      expect(given([known], trio, { priorContactFirst: false })).toEqual(['ann']);
    });

    it('should fall to the one before when the last is not eligible', () => {
      expect(given([known], [assignee('ann'), assignee('bob'), assignee('cat', { isOnLeave: true })])).toEqual(['bob']);
    });

    it('should cost nobody their turn in a round, and count towards shares by weight', () => {
      expect(given([known, ...leads(3)], trio)).toEqual(['cat', 'ann', 'bob', 'cat']);
      expect(
        shares(decideAssignments([known, ...leads(5)], trio, policy({ strategy: 'WEIGHTED' }), firstTurn).decisions),
      ).toEqual({ ann: 2, bob: 2, cat: 2 });
    });
  });

  it('should end as the same customers one by one would', () => {
    const members = [
      assignee('ann', { weight: 3, poolLimit: 4 }),
      assignee('bob', { weight: 2 }),
      assignee('cat', { isOnDuty: false }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('ROUND_ROBIN' as const, 'WEIGHTED' as const, 'LEAST_LOADED' as const),
        fc.integer({ min: 1, max: 12 }),
        (strategy, count) => {
          const together = given(leads(count), members, { strategy });
          let turn = firstTurn;
          const loads = members.map((member) => ({ ...member }));
          const apart = leads(count).map((one) => {
            const { decisions, turn: next } = decideAssignments([one], loads, policy({ strategy }), turn);
            turn = next;
            const winner = loads.find(({ memberId }) => memberId === decisions[0]?.memberId);
            if (winner) winner.inPool += 1;
            return decisions[0]?.memberId ?? null;
          });
          expect(together).toEqual(apart);
        },
      ),
    );
  });

  describe('what Twenty did not take', () => {
    const without = (
      memberIds: string[],
      members: Assignee[],
      strategy: AssignmentPolicy['strategy'],
      turn = firstTurn,
    ) =>
      turnWithout(
        memberIds.map((memberId) => ({ memberId, rule: strategy })),
        members,
        policy({ strategy }),
        turn,
      );

    it('should give the next to whoever lost one in turn, and go on where it was', () => {
      const { turn } = decideAssignments(leads(2), trio, policy(), firstTurn);
      const after = without(['ann'], trio, 'ROUND_ROBIN', turn);
      expect(given(leads(4), trio, {}, after)).toEqual(['ann', 'cat', 'ann', 'bob']);
    });

    it('should pay what is owed once, also over several batches and to those who are full for now', () => {
      const owed = without(['bob', 'bob'], trio, 'ROUND_ROBIN');
      const full = [assignee('ann'), assignee('bob', { inPool: 1, poolLimit: 1 }), assignee('cat')];
      const first = decideAssignments(leads(2), full, policy(), owed);
      expect(first.decisions.map(({ memberId }) => memberId)).toEqual(['ann', 'cat']);
      expect(given(leads(4), trio, {}, first.turn)).toEqual(['bob', 'bob', 'ann', 'bob']);
    });

    it('should owe nothing for prior contact, which cost no turn, nor to who has left the pool', () => {
      const contact = turnWithout([{ memberId: 'bob', rule: 'PRIOR_CONTACT' }], trio, policy(), firstTurn);
      expect(contact.credits).toEqual({});
      expect(without(['gone'], trio, 'ROUND_ROBIN').credits).toEqual({});
    });

    it('should keep shares by weight exact, whatever is lost and when it is known', () => {
      const team = [assignee('ann', { weight: 1 }), assignee('bob', { weight: 2 }), assignee('cat', { weight: 5 })];
      fc.assert(
        fc.property(fc.array(fc.boolean(), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (fates, late) => {
          let turn = firstTurn;
          const kept: { memberId: string | null }[] = [];
          const lost: string[] = [];
          for (const [index, isLost] of fates.entries()) {
            const { decisions, turn: next } = decideAssignments(leads(1), team, policy({ strategy: 'WEIGHTED' }), turn);
            turn = next;
            const memberId = decisions[0]?.memberId ?? '';
            if (isLost) lost.push(memberId);
            else kept.push({ memberId });
            if (index % late === 0) turn = without(lost.splice(0), team, 'WEIGHTED', turn);
          }
          turn = without(lost, team, 'WEIGHTED', turn);
          const rest = decideAssignments(
            leads(80 - kept.length),
            team,
            policy({ strategy: 'WEIGHTED' }),
            turn,
          ).decisions;
          expect(shares([...kept, ...rest])).toEqual({ ann: 10, bob: 20, cat: 50 });
        }),
      );
    });
  });

  it('should be explained in both languages, with the reasons of who was skipped', () => {
    const members = [assignee('ann', { isOnLeave: true }), assignee('bob', { weight: 4 })];
    const [decision] = decideAssignments(leads(1), members, policy({ strategy: 'WEIGHTED' }), firstTurn).decisions;
    if (!decision) throw new Error('Nothing was decided');
    const explanation = explain(decision);
    expect(explanation).toMatchObject({
      strategy: 'WEIGHTED',
      why: 'WEIGHTED',
      considered: 1,
      skipped: { ON_LEAVE: 1 },
      candidates: [
        { memberId: 'bob', value: 4 },
        { memberId: 'ann', skipped: 'ON_LEAVE' },
      ],
    });
    expect(describeAssignment(explanation, 'en')).toBe('By weight BOB was next (weight 4). Skipped: 1 on leave.');
    expect(describeAssignment(explanation, 'zh-CN')).toBe('按权重轮到BOB（权重 4）。跳过：1 人休假中。');
  });
});
