import { type ManagedCandidate, refuseTargetPool, refuseUnlessSeen } from '../pool/managed-customer';
import { type Actor, isManagerOf, type Pool } from '../pool/pool-policy';
import { refuse, type Refusal, type RefusalParams } from '../refusal/refusal';

export interface ReleaseRequest {
  actor: Actor;
  /** The pool chosen; undefined: the home pool; null: an id that is no pool. */
  target: Pool | null | undefined;
  reason: string | null;
}

/**
 * docs/semantics.md#release: an owner, or a manager of the home pool, gives a customer back, with a reason where the
 * pool asks for one.
 * @param candidate null when the record does not exist
 * @returns null when it is released
 */
export function decideRelease(
  candidate: ManagedCandidate | null,
  { actor, target, reason }: ReleaseRequest,
): Refusal | null {
  const unseen = refuseUnlessSeen(candidate, actor);
  if (unseen || !candidate?.pool) return unseen ?? refuse('NOT_MANAGED');
  const home = candidate.pool;
  if (candidate.status === 'ARCHIVED') return refuse('ARCHIVED');
  const isOwner = candidate.ownerId === actor.memberId;
  if (candidate.status !== 'OWNED' || (!isOwner && !isManagerOf(actor, home.id))) {
    return refuse('NOT_OWNER', ownerOf(candidate));
  }
  if (home.policy.releaseReasonRequired && !reason?.trim()) return refuse('REASON_REQUIRED');
  return target === undefined || target?.id === home.id ? null : refuseTargetPool(target, candidate.object, actor);
}

function ownerOf({ ownerId, ownerName }: ManagedCandidate): RefusalParams | undefined {
  return ownerId ? { ownerId, ...(ownerName ? { ownerName } : {}) } : undefined;
}
