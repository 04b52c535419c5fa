import fc from 'fast-check';
import { actorOf, poolOf } from '../../../test/support/domain-builders';
import type { PoolPolicy } from '../pool/pool-policy';
import { type ClaimCandidate, decideClaim } from './decide-claim';
import { MemberBook, type PoolUsage } from './member-book';

const NOW = '2026-03-10T10:00:00.000Z';
const usage = (changes: Partial<PoolUsage> = {}): PoolUsage => ({
  holding: 0,
  exempt: 0,
  claims: 0,
  lastClaimAt: null,
  backlog: 0,
  ...changes,
});

interface Wish {
  policy: Partial<PoolPolicy>;
  poolId?: string;
  isWon?: boolean;
}

/** A batch as the engine decides it: record by record, each on what the ones before have left. */
function decideBatch(book: MemberBook, wishes: Wish[], memberCapacity: number | null = null): string[] {
  return wishes.map(({ policy, poolId = 'pool-a', isWon = false }) => {
    const pool = poolOf(policy, poolId);
    const candidate: ClaimCandidate = {
      status: 'POOLED',
      pool,
      ownerId: null,
      ownerName: null,
      pooledSince: null,
      quietUntil: null,
      isWon,
      callerOwnedUntil: null,
      duplicate: null,
    };
    const refusal = decideClaim(candidate, {
      actor: actorOf(),
      book,
      memberCapacity,
      timeZone: 'Asia/Shanghai',
      now: NOW,
    });
    if (refusal) return refusal.code;
    book.claimed(poolId, NOW, pool.policy.wonCountsTowardsCapacity || !isWon);
    return 'DONE';
  });
}

const times = (count: number, wish: Wish): Wish[] => Array.from({ length: count }, () => wish);

describe('a member’s book', () => {
  it('should know nothing of a pool it has not heard of', () => {
    expect(new MemberBook().inPool('pool-a')).toEqual(usage());
  });

  it('should charge a claim to every number that the next decision looks at', () => {
    const book = new MemberBook([['pool-a', usage({ holding: 3, exempt: 1, claims: 2, backlog: 1 })]]);
    book.claimed('pool-a', NOW, true);
    expect(book.inPool('pool-a')).toEqual({ holding: 4, exempt: 1, claims: 3, lastClaimAt: NOW, backlog: 2 });
  });

  it('should count a won customer as exempt, but its claim as a claim', () => {
    const book = new MemberBook();
    book.claimed('pool-a', NOW, false);
    expect(book.inPool('pool-a')).toEqual({ holding: 0, exempt: 1, claims: 1, lastClaimAt: NOW, backlog: 1 });
  });

  it('should not change the numbers it was made from', () => {
    const mine = usage();
    new MemberBook([['pool-a', mine]]).claimed('pool-a', NOW, true);
    expect(mine).toEqual(usage());
  });

  it('should add up what is held over all pools', () => {
    const book = new MemberBook([
      ['pool-a', usage({ holding: 3, exempt: 9 })],
      ['pool-b', usage({ holding: 4 })],
    ]);
    book.claimed('pool-c', NOW, true);
    expect(book.holding()).toBe(8);
  });
});

describe('a batch', () => {
  it('should claim what fits, in the order given, and refuse the rest', () => {
    const book = new MemberBook([['pool-a', usage({ holding: 48 })]]);
    expect(decideBatch(book, times(4, { policy: { holdingCapacity: 50 } }))).toEqual([
      'DONE',
      'DONE',
      'CAPACITY',
      'CAPACITY',
    ]);
  });

  it('should go on after a refusal with what can still be claimed', () => {
    const policy = { holdingCapacity: 1 };
    expect(
      decideBatch(new MemberBook(), [
        { policy },
        { policy },
        { policy, isWon: true },
        { policy: { holdingCapacity: 9 }, poolId: 'pool-b' },
      ]),
    ).toEqual(['DONE', 'CAPACITY', 'DONE', 'DONE']);
  });

  it('should stop at the claim limit of each pool by itself', () => {
    const limited = { policy: { claimLimit: 2 } };
    expect(
      decideBatch(new MemberBook(), [...times(3, limited), ...times(3, { ...limited, poolId: 'pool-b' })]),
    ).toEqual(['DONE', 'DONE', 'CLAIM_LIMIT', 'DONE', 'DONE', 'CLAIM_LIMIT']);
  });

  it('should stop at the backlog gate', () => {
    expect(decideBatch(new MemberBook(), times(3, { policy: { backlogLimit: 2 } }))).toEqual([
      'DONE',
      'DONE',
      'BACKLOG',
    ]);
  });

  it('should claim a single one where an interval is kept', () => {
    expect(decideBatch(new MemberBook(), times(2, { policy: { claimIntervalMinutes: 1 } }))).toEqual([
      'DONE',
      'CLAIM_INTERVAL',
    ]);
  });

  it('should never pass a limit, whatever the batch', () => {
    const limit = fc.option(fc.nat(6), { nil: null });
    const wish = fc.record({ poolId: fc.constantFrom('pool-a', 'pool-b'), isWon: fc.boolean() });
    fc.assert(
      fc.property(
        limit,
        limit,
        limit,
        fc.array(wish, { maxLength: 30 }),
        (holdingCapacity, claimLimit, memberCapacity, wishes) => {
          const book = new MemberBook();
          decideBatch(
            book,
            wishes.map((one) => ({ ...one, policy: { holdingCapacity, claimLimit } })),
            memberCapacity,
          );
          for (const poolId of ['pool-a', 'pool-b']) {
            expect(book.inPool(poolId).holding).toBeLessThanOrEqual(holdingCapacity ?? Infinity);
            expect(book.inPool(poolId).claims).toBeLessThanOrEqual(claimLimit ?? Infinity);
          }
          expect(book.holding()).toBeLessThanOrEqual(memberCapacity ?? Infinity);
        },
      ),
    );
  });
});
