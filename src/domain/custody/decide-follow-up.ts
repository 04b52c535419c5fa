import type { PoolStatus } from '../customer/customer';
import { type Actor, isManagerOf, type Pool, seesPool } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

export interface FollowUpCandidate {
  status: PoolStatus | null;
  pool: Pool | null;
  ownerId: string | null;
  ownerName: string | null;
}

/**
 * docs/semantics.md#rights: an owner, or a manager of the home pool, logs a follow-up on a customer; a pooled one may
 * be worked on by anyone who sees it, which starts no clock.
 * @param candidate null when the record does not exist
 * @returns null when it is logged
 */
export function decideFollowUp(candidate: FollowUpCandidate | null, actor: Actor): Refusal | null {
  if (!candidate) return refuse('NOT_FOUND');
  const { status, pool, ownerId, ownerName } = candidate;
  if (status === null || !pool) return refuse('NOT_MANAGED');
  if (status === 'ARCHIVED') return refuse('ARCHIVED');
  if (isManagerOf(actor, pool.id)) return null;
  if (status === 'POOLED') return seesPool(actor, pool) ? null : refuse('NOT_VISIBLE', { poolName: pool.name });
  return ownerId === actor.memberId
    ? null
    : refuse('NOT_OWNER', ownerId ? { ownerId, ...(ownerName ? { ownerName } : {}) } : undefined);
}
