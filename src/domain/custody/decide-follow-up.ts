import { type ManagedCandidate, refuseUnlessSeen } from '../pool/managed-customer';
import { type Actor, isManagerOf } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

export type FollowUpCandidate = Omit<ManagedCandidate, 'object'>;

/**
 * docs/semantics.md#rights: an owner, or a manager of the home pool, logs a follow-up on a customer; a pooled one may
 * be worked on by anyone who sees it, which starts no clock.
 * @param candidate null when the record does not exist
 * @returns null when it is logged
 */
export function decideFollowUp(candidate: FollowUpCandidate | null, actor: Actor): Refusal | null {
  const unseen = refuseUnlessSeen(candidate, actor);
  if (unseen || !candidate?.pool) return unseen ?? refuse('NOT_MANAGED');
  const { status, pool, ownerId, ownerName } = candidate;
  if (status === 'ARCHIVED') return refuse('ARCHIVED');
  if (status === 'POOLED' || isManagerOf(actor, pool.id)) return null;
  return ownerId === actor.memberId
    ? null
    : refuse('NOT_OWNER', ownerId ? { ownerId, ...(ownerName ? { ownerName } : {}) } : undefined);
}
