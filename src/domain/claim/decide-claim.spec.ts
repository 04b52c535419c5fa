import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import type { Actor, PoolPolicy } from '../pool/pool-policy';
import type { Refusal } from '../refusal/refusal';
import { type ClaimCandidate, type ClaimContext, decideClaim } from './decide-claim';
import { MemberBook, type PoolUsage } from './member-book';

interface Given {
  policy?: Partial<PoolPolicy>;
  candidate?: Partial<ClaimCandidate>;
  actor?: Actor;
  usage?: Partial<PoolUsage>;
  /** Use of another pool. */
  elsewhere?: Partial<PoolUsage>;
  memberCapacity?: number | null;
  timeZone?: string;
  now?: string;
}

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';
/** Tuesday, 10 March 2026, 18:00 in Shanghai. */
const NOW = '2026-03-10T10:00:00.000Z';
const NO_USE: PoolUsage = { holding: 0, exempt: 0, claims: 0, lastClaimAt: null, backlog: 0 };

function claim(given: Given = {}): Refusal | null {
  const { candidate, context } = situation(given);
  return decideClaim(candidate, context);
}

function situation({
  policy,
  candidate,
  actor = actorOf(),
  usage,
  elsewhere,
  memberCapacity = null,
  timeZone = SHANGHAI,
  now = NOW,
}: Given) {
  const book = new MemberBook([
    ['pool-a', { ...NO_USE, ...usage }],
    ['pool-b', { ...NO_USE, ...elsewhere }],
  ]);
  const pooled: ClaimCandidate = {
    status: 'POOLED',
    pool: poolOf(policy),
    ownerId: null,
    ownerName: null,
    pooledSince: '2025-06-01T00:00:00.000Z',
    quietUntil: null,
    isWon: false,
    callerOwnedUntil: null,
    duplicate: null,
    ...candidate,
  };
  const context: ClaimContext = { actor, book, memberCapacity, timeZone, now };
  return { candidate: pooled, context };
}

/** The checks of docs/semantics.md#claim-checks in their order: what makes each of them fail. */
const checks: [code: string, failing: Given][] = [
  ['NOT_VISIBLE', { policy: { visibility: 'MEMBERS' } }],
  ['ALREADY_OWNED', { candidate: { status: 'OWNED', ownerId: 'ben', ownerName: 'Ben' } }],
  ['POOL_INACTIVE', { policy: { isActive: false } }],
  ['POOL_MANAGED', { policy: { claimingMode: 'MANAGED' } }],
  ['QUIET_PERIOD', { candidate: { quietUntil: '2026-04-01' } }],
  ['EMBARGO', { policy: { embargoDays: 3 }, candidate: { pooledSince: '2026-03-09T00:00:00.000Z' } }],
  ['COOLDOWN', { policy: { cooldownDays: 14 }, candidate: { callerOwnedUntil: '2026-03-01T00:00:00.000Z' } }],
  ['CLAIM_LIMIT', { policy: { claimLimit: 20 }, usage: { claims: 20 } }],
  ['CLAIM_INTERVAL', { policy: { claimIntervalMinutes: 5 }, usage: { lastClaimAt: '2026-03-10T09:58:00.000Z' } }],
  ['BACKLOG', { policy: { backlogLimit: 3 }, usage: { backlog: 3 } }],
  ['CAPACITY', { policy: { holdingCapacity: 50 }, usage: { holding: 50 } }],
  [
    'DUPLICATE',
    {
      policy: { duplicatePolicy: 'REFUSE' },
      candidate: { duplicate: { ownerId: 'ben', ownerName: 'Ben', isHidden: false } },
    },
  ],
];

function both(first: Given, second: Given): Given {
  return {
    policy: { ...first.policy, ...second.policy },
    candidate: { ...first.candidate, ...second.candidate },
    usage: { ...first.usage, ...second.usage },
  };
}

describe('deciding a claim', () => {
  it('should grant a pooled customer that nothing speaks against', () => {
    expect(claim()).toBeNull();
  });

  describe('order of the checks', () => {
    it.each(checks)('should refuse with %s when nothing else fails', (code, failing) => {
      expect(claim(failing)?.code).toBe(code);
    });

    const pairs = checks.flatMap(([first, failing], index) =>
      checks
        .slice(index + 1)
        .map(([second, alsoFailing]): [string, string, Given] => [first, second, both(failing, alsoFailing)]),
    );

    it.each(pairs)('should answer %s and not %s when both fail', (first, _second, failing) => {
      expect(claim(failing)?.code).toBe(first);
    });

    it('should answer with the first check when every one fails', () => {
      expect(claim(checks.map(([, failing]) => failing).reduce(both))?.code).toBe('ALREADY_OWNED');
    });

    it('should look for room in the workspace before it looks for a duplicate', () => {
      const duplicate = { ownerId: 'ben', ownerName: null, isHidden: false };
      expect(
        claim({
          policy: { duplicatePolicy: 'REFUSE' },
          candidate: { duplicate },
          memberCapacity: 5,
          usage: { holding: 5 },
        })?.code,
      ).toBe('CAPACITY');
    });
  });

  describe('what the customer is', () => {
    it('should say that a record which does not exist is not found', () => {
      expect(decideClaim(null, situation({}).context)).toEqual({ code: 'NOT_FOUND' });
    });

    it.each<[string, Partial<ClaimCandidate>]>([
      ['has no state', { status: null }],
      ['is in no pool', { pool: null }],
    ])('should say that a record which %s is not managed', (_, candidate) => {
      expect(claim({ candidate })).toEqual({ code: 'NOT_MANAGED' });
    });

    it('should refuse an archived customer', () => {
      expect(claim({ candidate: { status: 'ARCHIVED' } })).toEqual({ code: 'ARCHIVED' });
    });

    it('should tell who has the customer', () => {
      expect(claim({ candidate: { status: 'OWNED', ownerId: 'ben', ownerName: 'Ben' } })).toEqual({
        code: 'ALREADY_OWNED',
        params: { ownerId: 'ben', ownerName: 'Ben', ownerIsCaller: false },
      });
    });

    it('should tell the owner that it is their own', () => {
      expect(claim({ candidate: { status: 'OWNED', ownerId: 'anna', ownerName: 'Anna' } })?.params?.ownerIsCaller).toBe(
        true,
      );
    });
  });

  describe('what the member may see', () => {
    const policy = { visibility: 'MEMBERS' as const };

    it.each<[string, Actor]>([
      ['a member of the pool', actorOf([membershipOf()])],
      ['a manager of the pool', managerOf()],
      ['a workspace admin', workspaceAdmin],
    ])('should let %s claim in a pool for members', (_, actor) => {
      expect(claim({ policy, actor })).toBeNull();
    });

    it('should not let a manager of another pool claim in it', () => {
      expect(claim({ policy, actor: managerOf('pool-b') })).toEqual({ code: 'NOT_VISIBLE' });
    });

    it.each<[string, Partial<ClaimCandidate>]>([
      ['pooled', {}],
      ['somebody’s', { status: 'OWNED', ownerId: 'ben', ownerName: 'Ben' }],
      ['archived', { status: 'ARCHIVED' }],
    ])('should tell an outsider nothing of a customer, not even that it is %s', (_, candidate) => {
      expect(claim({ policy, candidate })).toEqual({ code: 'NOT_VISIBLE' });
    });

    it('should tell who had it before how it stands, and not give it out of a pool that they do not see', () => {
      const before = { callerOwnedUntil: '2020-01-01T00:00:00.000Z' };
      expect(claim({ policy, candidate: before })).toEqual({ code: 'NOT_VISIBLE' });
      expect(claim({ policy, candidate: { ...before, status: 'ARCHIVED' } })).toEqual({ code: 'ARCHIVED' });
      expect(
        claim({ policy, candidate: { ...before, status: 'OWNED', ownerId: 'ben', ownerName: 'Ben' } })?.params,
      ).toMatchObject({ ownerName: 'Ben' });
    });
  });

  describe('what a manager is exempt from', () => {
    const exemptions = ['POOL_MANAGED', 'EMBARGO', 'COOLDOWN', 'CLAIM_LIMIT'];
    const managers: [string, Actor][] = [
      ['pool manager', managerOf()],
      ['workspace admin', workspaceAdmin],
    ];
    const cases = managers.flatMap(([who, actor]) =>
      checks.map(([code, failing]): [string, string, Given] => [who, code, { ...failing, actor }]),
    );

    it.each(cases.filter(([, code]) => exemptions.includes(code)))('should let a %s pass %s', (_, _code, given) => {
      expect(claim(given)).toBeNull();
    });

    it.each(cases.filter(([, code]) => !exemptions.includes(code) && code !== 'NOT_VISIBLE'))(
      'should bind a %s to %s too',
      (_, code, given) => {
        expect(claim(given)?.code).toBe(code);
      },
    );

    it('should not exempt somebody who manages another pool', () => {
      expect(claim({ policy: { claimingMode: 'MANAGED' }, actor: managerOf('pool-b') })?.code).toBe('POOL_MANAGED');
    });
  });

  describe('quiet period', () => {
    it.each([
      ['a moment before the day begins', '2026-03-31T15:59:59.999Z', 'QUIET_PERIOD'],
      ['when the day begins', '2026-03-31T16:00:00.000Z', undefined],
    ])('should end with the local day: %s', (_, now, code) => {
      expect(claim({ candidate: { quietUntil: '2026-04-01' }, now })?.code).toBe(code);
    });

    it('should say when it ends', () => {
      expect(claim({ candidate: { quietUntil: '2026-04-01' } })).toEqual({
        code: 'QUIET_PERIOD',
        params: { timeZone: SHANGHAI },
        until: '2026-03-31T16:00:00.000Z',
      });
    });
  });

  describe('embargo', () => {
    const given = { policy: { embargoDays: 2 }, candidate: { pooledSince: '2026-03-07T08:00:00.000Z' } };

    it.each([
      [SHANGHAI, '2026-03-09T07:59:59.999Z', '2026-03-09T08:00:00.000Z'],
      // Clocks went forward on 8 March: two local days are 47 hours.
      [NEW_YORK, '2026-03-09T06:59:59.999Z', '2026-03-09T07:00:00.000Z'],
    ])('should last whole local days in %s', (timeZone, before, end) => {
      expect(claim({ ...given, timeZone, now: before })).toMatchObject({ code: 'EMBARGO', until: end });
      expect(claim({ ...given, timeZone, now: end })).toBeNull();
    });

    it('should not hold a customer back of which nobody knows since when it is pooled', () => {
      expect(claim({ ...given, candidate: { pooledSince: null } })).toBeNull();
    });
  });

  describe('cooldown', () => {
    const given = { policy: { cooldownDays: 14 }, candidate: { callerOwnedUntil: '2026-03-01T10:00:00.000Z' } };

    it('should keep a past owner away until their own ownership has ended long enough, whoever had it since', () => {
      expect(claim({ ...given, now: '2026-03-15T09:59:59.999Z' })).toMatchObject({
        code: 'COOLDOWN',
        until: '2026-03-15T10:00:00.000Z',
      });
      expect(claim({ ...given, now: '2026-03-15T10:00:00.000Z' })).toBeNull();
    });

    it('should not touch somebody who never had the customer', () => {
      expect(claim({ ...given, candidate: { callerOwnedUntil: null } })).toBeNull();
    });

    it('should end at the same wall time when clocks change meanwhile', () => {
      const until = '2026-03-15T09:00:00.000Z';
      expect(claim({ ...given, timeZone: NEW_YORK })).toMatchObject({ code: 'COOLDOWN', until });
    });
  });

  describe('claim limit', () => {
    it.each([
      ['DAY', SHANGHAI, NOW, '2026-03-10T16:00:00.000Z'],
      ['WEEK', SHANGHAI, NOW, '2026-03-15T16:00:00.000Z'],
      ['MONTH', SHANGHAI, NOW, '2026-03-31T16:00:00.000Z'],
      ['DAY', SHANGHAI, '2026-03-10T16:00:00.000Z', '2026-03-11T16:00:00.000Z'],
      // The day on which clocks go forward has 23 hours, the one on which they go back 25.
      ['DAY', NEW_YORK, '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
      ['DAY', NEW_YORK, '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
      ['WEEK', NEW_YORK, '2026-03-08T12:00:00.000Z', '2026-03-09T04:00:00.000Z'],
      ['MONTH', NEW_YORK, '2026-03-31T12:00:00.000Z', '2026-04-01T04:00:00.000Z'],
    ] as const)('should run until the local %s ends in %s, seen at %s', (claimLimitPeriod, timeZone, now, until) => {
      expect(claim({ policy: { claimLimit: 20, claimLimitPeriod }, usage: { claims: 20 }, timeZone, now })).toEqual({
        code: 'CLAIM_LIMIT',
        params: { used: 20, limit: 20, period: claimLimitPeriod, timeZone },
        until,
      });
    });

    it.each([
      [19, null],
      [20, 'CLAIM_LIMIT'],
      [21, 'CLAIM_LIMIT'],
    ])('should leave room for one more after %i claims of 20: %s', (claims, code) => {
      expect(claim({ policy: { claimLimit: 20 }, usage: { claims } })?.code ?? null).toBe(code);
    });

    it.each([
      ['a larger number of their own', 30, 20, null],
      ['a smaller number of their own', 5, 5, 'CLAIM_LIMIT'],
      ['none of their own', null, 20, 'CLAIM_LIMIT'],
      ['0 of their own', 0, 0, 'CLAIM_LIMIT'],
    ])('should go by the member with %s', (_, own, claims, code) => {
      const actor = actorOf([membershipOf({ claimLimit: own })]);
      expect(claim({ policy: { claimLimit: 20 }, actor, usage: { claims } })?.code ?? null).toBe(code);
    });

    it('should not charge what was claimed in another pool', () => {
      expect(claim({ policy: { claimLimit: 20 }, elsewhere: { claims: 20 } })).toBeNull();
    });
  });

  describe('interval between claims', () => {
    const policy = { claimIntervalMinutes: 5 };

    it('should pass when the minutes are over, not before', () => {
      const usage = { lastClaimAt: '2026-03-10T09:55:00.000Z' };
      expect(claim({ policy, usage, now: '2026-03-10T09:59:59.999Z' })).toEqual({
        code: 'CLAIM_INTERVAL',
        params: { minutes: 5, timeZone: SHANGHAI },
        until: NOW,
      });
      expect(claim({ policy, usage, now: NOW })).toBeNull();
    });

    it('should not concern a first claim', () => {
      expect(claim({ policy, usage: { lastClaimAt: null } })).toBeNull();
    });
  });

  describe('backlog', () => {
    it.each([
      [2, null],
      [3, 'BACKLOG'],
      [4, 'BACKLOG'],
    ])('should close at 3 customers without a first activity; %i: %s', (backlog, code) => {
      expect(claim({ policy: { backlogLimit: 3 }, usage: { backlog } })?.code ?? null).toBe(code);
    });

    it('should show how many wait', () => {
      expect(claim({ policy: { backlogLimit: 3 }, usage: { backlog: 4 } })?.params).toEqual({ used: 4, limit: 3 });
    });
  });

  describe('holding capacity', () => {
    const own = (holdingCapacity: number | null): Actor => actorOf([membershipOf({ holdingCapacity })]);

    it.each<[string, Given, Refusal['params'] | null]>([
      ['one free place', { policy: { holdingCapacity: 50 }, usage: { holding: 49 } }, null],
      [
        "the pool's limit reached",
        { policy: { holdingCapacity: 50 }, usage: { holding: 50 } },
        { used: 50, limit: 50, scope: 'POOL' },
      ],
      [
        'more than the limit after it was lowered',
        { policy: { holdingCapacity: 50 }, usage: { holding: 60 } },
        { used: 60, limit: 50, scope: 'POOL' },
      ],
      [
        'a larger number of their own',
        { policy: { holdingCapacity: 50 }, actor: own(60), usage: { holding: 50 } },
        null,
      ],
      [
        'a smaller number of their own',
        { policy: { holdingCapacity: 50 }, actor: own(10), usage: { holding: 10 } },
        { used: 10, limit: 10, scope: 'POOL' },
      ],
      [
        'a number of their own where the pool has none',
        { actor: own(10), usage: { holding: 10 } },
        { used: 10, limit: 10, scope: 'POOL' },
      ],
      ['no place at all', { policy: { holdingCapacity: 0 } }, { used: 0, limit: 0, scope: 'POOL' }],
      [
        'the pool full of what is held elsewhere',
        { policy: { holdingCapacity: 50 }, elsewhere: { holding: 50 } },
        null,
      ],
      [
        'the workspace full over two pools',
        { memberCapacity: 100, usage: { holding: 40 }, elsewhere: { holding: 60 } },
        { used: 100, limit: 100, scope: 'WORKSPACE' },
      ],
      [
        'one free place in the workspace',
        { memberCapacity: 100, usage: { holding: 40 }, elsewhere: { holding: 59 } },
        null,
      ],
      [
        'both full: the pool is named',
        { policy: { holdingCapacity: 50 }, memberCapacity: 50, usage: { holding: 50 } },
        { used: 50, limit: 50, scope: 'POOL' },
      ],
      [
        'the smaller room in the workspace',
        { policy: { holdingCapacity: 50 }, memberCapacity: 45, usage: { holding: 45 } },
        { used: 45, limit: 45, scope: 'WORKSPACE' },
      ],
    ])('should decide by the smaller free room: %s', (_, given, params) => {
      expect(claim(given)).toEqual(params && { code: 'CAPACITY', params });
    });

    it('should bind a manager: there is no override in a claim', () => {
      expect(claim({ policy: { holdingCapacity: 50 }, usage: { holding: 50 }, actor: managerOf() })?.code).toBe(
        'CAPACITY',
      );
    });

    it('should take a won customer without a place, unless the pool counts won ones', () => {
      const full: Given = { usage: { holding: 50 }, candidate: { isWon: true }, memberCapacity: 50 };
      expect(claim({ ...full, policy: { holdingCapacity: 50 } })).toBeNull();
      expect(claim({ ...full, policy: { holdingCapacity: 50, wonCountsTowardsCapacity: true } })?.code).toBe(
        'CAPACITY',
      );
    });

    it('should still refuse a duplicate that is won', () => {
      const candidate = { isWon: true, duplicate: { ownerId: 'ben', ownerName: 'Ben', isHidden: false } };
      expect(claim({ policy: { duplicatePolicy: 'REFUSE' }, candidate })?.code).toBe('DUPLICATE');
    });
  });

  describe('duplicates', () => {
    const duplicate = { ownerId: 'ben', ownerName: 'Ben', isHidden: false };

    it('should refuse where the pool says so, and name the owner', () => {
      expect(claim({ policy: { duplicatePolicy: 'REFUSE' }, candidate: { duplicate } })).toEqual({
        code: 'DUPLICATE',
        params: { ownerId: 'ben', ownerName: 'Ben' },
      });
    });

    it('should name nobody of one that the caller may not see', () => {
      const hidden = { ...duplicate, isHidden: true };
      expect(claim({ policy: { duplicatePolicy: 'REFUSE' }, candidate: { duplicate: hidden } })).toEqual({
        code: 'DUPLICATE',
        params: { duplicateIsHidden: true },
      });
    });

    it('should let the claim pass where the pool only warns', () => {
      expect(claim({ policy: { duplicatePolicy: 'WARN' }, candidate: { duplicate } })).toBeNull();
    });
  });
});
