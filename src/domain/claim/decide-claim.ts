import type { PoolStatus } from '../customer/customer';
import { addLocalDays, startOfLocalDate, startOfPeriod } from '../calendar/local-days';
import { type Actor, claimLimitInPool, isManagerOf, type Pool, seesPool } from '../pool/pool-policy';
import { seesCustomer } from '../pool/visibility';
import { refuse, type Refusal } from '../refusal/refusal';
import { fullCapacity } from './holding-capacity';
import type { MemberBook } from './member-book';

/** What a claim needs to know of one customer. `null` status: known to Twenty, but under no pool's management. */
export interface ClaimCandidate {
  status: PoolStatus | null;
  pool: Pool | null;
  ownerId: string | null;
  ownerName: string | null;
  pooledSince: string | null;
  /** Local date before which nobody may claim it. */
  quietUntil: string | null;
  isWon: boolean;
  /** When the caller's own last ownership of it ended; ISO instant. */
  callerOwnedUntil: string | null;
  /** Somebody else's managed customer that is the same one; null when there is none. Of a hidden one the caller is told no more. */
  duplicate: { ownerId: string; ownerName: string | null; isHidden: boolean } | null;
}

export interface ClaimContext {
  actor: Actor;
  book: MemberBook;
  /** Workspace-wide holding capacity; null = none. */
  memberCapacity: number | null;
  timeZone: string;
  /** ISO instant. */
  now: string;
}

/**
 * docs/semantics.md#claim-checks: the checks in their order; the first that fails is the answer.
 * @param candidate null when the record does not exist
 * @returns null when the claim is granted
 */
export function decideClaim(candidate: ClaimCandidate | null, context: ClaimContext): Refusal | null {
  if (!candidate) return refuse('NOT_FOUND');
  const pooled = refuseUnlessPooled(candidate, context);
  if (pooled) return pooled;
  // `refuseUnlessPooled` has seen that there is a pool.
  const pool = candidate.pool as Pool;
  return (
    refuseByPool(pool, context) ??
    refuseByCustomer(candidate, pool, context) ??
    refuseByMember(candidate, pool, context) ??
    refuseDuplicate(candidate, pool)
  );
}

function refuseUnlessPooled(candidate: ClaimCandidate, { actor }: ClaimContext): Refusal | null {
  const { pool, ownerId, callerOwnedUntil } = candidate;
  if (candidate.status === null || !pool) return refuse('NOT_MANAGED');
  // Before anything else is looked at: that it is archived, or somebody's, is not for everybody to know.
  if (!seesCustomer(actor, { pool, ownerId, wasActors: callerOwnedUntil !== null })) return refuse('NOT_VISIBLE');
  if (candidate.status === 'ARCHIVED') return refuse('ARCHIVED');
  if (candidate.status === 'OWNED') {
    return refuse('ALREADY_OWNED', {
      ...(ownerId ? { ownerId } : {}),
      ...(candidate.ownerName ? { ownerName: candidate.ownerName } : {}),
      ownerIsCaller: ownerId === actor.memberId,
    });
  }
  // Whoever had it before still sees it, and may not claim it from a pool that is not theirs.
  return seesPool(actor, pool) ? null : refuse('NOT_VISIBLE');
}

function refuseByPool(pool: Pool, { actor }: ClaimContext): Refusal | null {
  if (!pool.policy.isActive) return refuse('POOL_INACTIVE', { poolName: pool.name });
  if (pool.policy.claimingMode === 'MANAGED' && !isManagerOf(actor, pool.id))
    return refuse('POOL_MANAGED', { poolName: pool.name });
  return null;
}

function refuseByCustomer(candidate: ClaimCandidate, pool: Pool, context: ClaimContext): Refusal | null {
  const { timeZone, now } = context;
  if (candidate.quietUntil) {
    const until = startOfLocalDate(candidate.quietUntil, timeZone);
    if (now < until) return refuse('QUIET_PERIOD', { timeZone }, until);
  }
  if (isManagerOf(context.actor, pool.id)) return null;
  const { embargoDays, cooldownDays } = pool.policy;
  if (embargoDays && candidate.pooledSince) {
    const until = addLocalDays(candidate.pooledSince, timeZone, embargoDays);
    if (now < until) return refuse('EMBARGO', { timeZone }, until);
  }
  if (cooldownDays && candidate.callerOwnedUntil) {
    const until = addLocalDays(candidate.callerOwnedUntil, timeZone, cooldownDays);
    if (now < until) return refuse('COOLDOWN', { timeZone }, until);
  }
  return null;
}

function refuseByMember(candidate: ClaimCandidate, pool: Pool, context: ClaimContext): Refusal | null {
  const { actor, book, timeZone, now, memberCapacity } = context;
  const { policy } = pool;
  const membership = actor.memberships.get(pool.id);
  const manager = isManagerOf(actor, pool.id);
  const used = book.inPool(pool.id);

  const claimLimit = claimLimitInPool(pool, membership);
  if (!manager && claimLimit !== null && used.claims >= claimLimit) {
    const { end } = startOfPeriod(now, timeZone, policy.claimLimitPeriod);
    return refuse(
      'CLAIM_LIMIT',
      { used: used.claims, limit: claimLimit, period: policy.claimLimitPeriod, timeZone },
      end,
    );
  }
  if (policy.claimIntervalMinutes && used.lastClaimAt) {
    const until = new Date(Date.parse(used.lastClaimAt) + policy.claimIntervalMinutes * 60_000).toISOString();
    if (now < until) return refuse('CLAIM_INTERVAL', { minutes: policy.claimIntervalMinutes, timeZone }, until);
  }
  if (policy.backlogLimit !== null && used.backlog >= policy.backlogLimit) {
    return refuse('BACKLOG', { used: used.backlog, limit: policy.backlogLimit });
  }

  const full = fullCapacity(pool, membership, book, memberCapacity, candidate.isWon);
  return full && refuse('CAPACITY', { ...full });
}

function refuseDuplicate(candidate: ClaimCandidate, pool: Pool): Refusal | null {
  if (pool.policy.duplicatePolicy !== 'REFUSE' || !candidate.duplicate) return null;
  const { ownerId, ownerName, isHidden } = candidate.duplicate;
  if (isHidden) return refuse('DUPLICATE', { duplicateIsHidden: true });
  return refuse('DUPLICATE', { ownerId, ...(ownerName ? { ownerName } : {}) });
}
