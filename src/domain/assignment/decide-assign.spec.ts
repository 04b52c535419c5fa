import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { MemberBook } from '../claim/member-book';
import type { PoolMembership, PoolPolicy } from '../pool/pool-policy';
import { type AssignCandidate, type AssignRequest, type AssignTarget, decideAssign } from './decide-assign';

const candidate = (changes: Partial<AssignCandidate> = {}, policy: Partial<PoolPolicy> = {}): AssignCandidate => ({
  object: 'COMPANY',
  status: 'POOLED',
  pool: poolOf(policy),
  ownerId: null,
  ownerName: null,
  wasActors: false,
  quietUntil: null,
  isWon: false,
  ...changes,
});

const holding = (count: number) =>
  new MemberBook([['pool-a', { holding: count, exempt: 0, claims: 0, lastClaimAt: null, backlog: 0 }]]);

function target(changes: Partial<AssignTarget> = {}, membership: Partial<PoolMembership> | null = {}): AssignTarget {
  const member = actorOf(membership ? [membershipOf(membership)] : [], { memberId: 'ben' });
  return { member, name: 'Ben', isGone: false, isOnLeave: false, book: new MemberBook(), ...changes };
}

function assign(given: AssignCandidate | null, changes: Partial<AssignRequest> = {}) {
  return decideAssign(given, {
    actor: managerOf(),
    target: target(),
    overrideCapacity: false,
    memberCapacity: null,
    timeZone: 'Asia/Shanghai',
    now: '2026-03-10T04:00:00.000Z',
    ...changes,
  });
}
const code = (...given: Parameters<typeof assign>) => assign(...given).refusal?.code;

describe('deciding an assignment', () => {
  it('should let a manager give a pooled customer to a member', () => {
    expect(assign(candidate())).toMatchObject({ refusal: null, override: null, pool: { id: 'pool-a' } });
    expect(assign(candidate(), { actor: workspaceAdmin }).refusal).toBeNull();
  });

  it('should not be bound by what binds claims', () => {
    const policy = {
      claimingMode: 'MANAGED',
      embargoDays: 30,
      cooldownDays: 30,
      claimLimit: 0,
      backlogLimit: 1,
      isActive: false,
    } as const;
    expect(code(candidate({}, policy))).toBeUndefined();
  });

  it.each([
    ['a record that does not exist', null, 'NOT_FOUND'],
    ['one that no pool manages', candidate({ status: null }), 'NOT_MANAGED'],
    ['an archived one', candidate({ status: 'ARCHIVED' }), 'ARCHIVED'],
    ['an owned one', candidate({ status: 'OWNED', ownerId: 'carl', ownerName: 'Carl' }), 'ALREADY_OWNED'],
  ])('should refuse %s', (_, given, expected) => {
    expect(code(given)).toBe(expected);
  });

  it('should be for managers of the home pool alone', () => {
    for (const actor of [actorOf([membershipOf()]), managerOf('pool-b')])
      expect(code(candidate(), { actor })).toBe('NOT_MANAGER');
  });

  it('should keep a customer away from everyone in its quiet period, to the first moment of the day', () => {
    expect(assign(candidate({ quietUntil: '2026-03-11' }))).toEqual({
      refusal: { code: 'QUIET_PERIOD', params: { timeZone: 'Asia/Shanghai' }, until: '2026-03-10T16:00:00.000Z' },
    });
    expect(code(candidate({ quietUntil: '2026-03-11' }), { now: '2026-03-10T16:00:00.000Z' })).toBeUndefined();
  });

  describe('the member', () => {
    it.each([
      ['has left', target({ isGone: true }), {}, 'GONE'],
      ['does not see the pool', target({}, null), { visibility: 'MEMBERS' }, 'NO_ACCESS'],
      ['is on leave', target({ isOnLeave: true }), {}, 'ON_LEAVE'],
      ['is off duty in the pool', target({}, { isOnDuty: false }), {}, 'OFF_DUTY'],
    ] as const)('should be refused who %s', (_, to, policy, targetProblem) => {
      expect(assign(candidate({}, policy), { target: to })).toEqual({
        refusal: { code: 'TARGET_NOT_ELIGIBLE', params: { memberName: 'Ben', poolName: 'Pool A', targetProblem } },
      });
    });

    it('should be taken who is no member of a pool that everyone sees, or is off duty elsewhere', () => {
      expect(code(candidate(), { target: target({}, null) })).toBeUndefined();
      expect(code(candidate(), { target: target({}, { poolId: 'pool-b', isOnDuty: false }) })).toBeUndefined();
    });
  });

  describe('capacity', () => {
    const policy = { holdingCapacity: 3 };

    it('should be the target’s, and named as theirs', () => {
      expect(code(candidate({}, policy), { target: target({ book: holding(2) }) })).toBeUndefined();
      expect(assign(candidate({}, policy), { target: target({ book: holding(3) }) })).toEqual({
        refusal: { code: 'CAPACITY', params: { used: 3, limit: 3, scope: 'POOL', memberName: 'Ben' } },
      });
      expect(
        code(candidate({}, policy), { target: target({ book: holding(3) }, { holdingCapacity: 4 }) }),
      ).toBeUndefined();
      expect(
        assign(candidate(), { target: target({ book: holding(3) }), memberCapacity: 3 }).refusal?.params,
      ).toMatchObject({ scope: 'WORKSPACE' });
    });

    it('should be told as the caller’s own when they assign to themselves', () => {
      const own = target({ book: holding(3), member: managerOf() });
      expect(assign(candidate({}, policy), { target: own }).refusal?.params).toEqual({
        used: 3,
        limit: 3,
        scope: 'POOL',
      });
    });

    it('should be passed over only when that is said, and then be recorded', () => {
      const full = { target: target({ book: holding(3) }), overrideCapacity: true };
      expect(assign(candidate({}, policy), full)).toMatchObject({
        refusal: null,
        override: { used: 3, limit: 3, scope: 'POOL' },
      });
      expect(assign(candidate({}, policy), { ...full, target: target({ book: holding(2) }) })).toMatchObject({
        override: null,
      });
      expect(code(candidate({ status: 'OWNED', ownerId: 'carl' }, policy), full)).toBe('ALREADY_OWNED');
    });

    it('should not count a won customer unless the pool does', () => {
      const full = { target: target({ book: holding(3) }) };
      expect(code(candidate({ isWon: true }, policy), full)).toBeUndefined();
      expect(code(candidate({ isWon: true }, { ...policy, wonCountsTowardsCapacity: true }), full)).toBe('CAPACITY');
    });
  });
});
