import { type ManagedCandidate, refuseUnlessManager, refuseUnlessSeen } from '../pool/managed-customer';
import { type Actor, isManagerOf } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

export interface MoreTimeRequest {
  actor: Actor;
  /** Counted days asked for. */
  days: number;
  reason: string;
  /** Extensions that this owner had since `ownedSince` without asking anybody. */
  extensionsUsed: number;
}

/** `GRANTED` at once within the pool's allowance; `APPROVED` because a manager says so; `WAITING` for one. */
export type MoreTimeAnswer = 'GRANTED' | 'APPROVED' | 'WAITING';

/**
 * docs/semantics.md#more-time: an owner asks for more days, with a reason. The pool says how many days at once and how
 * often without asking anybody; an empty `extensionDays` means that somebody is always asked. A manager of the pool needs no
 * allowance, for what they own and for what others own.
 */
export function decideMoreTime(candidate: ManagedCandidate | null, request: MoreTimeRequest): Refusal | MoreTimeAnswer {
  const { actor, days, reason, extensionsUsed } = request;
  const unseen = refuseUnlessSeen(candidate, actor);
  if (unseen || !candidate?.pool) return unseen ?? refuse('NOT_MANAGED');
  if (candidate.status === 'ARCHIVED') return refuse('ARCHIVED');
  const isManager = isManagerOf(actor, candidate.pool.id);
  if (candidate.status !== 'OWNED' || (candidate.ownerId !== actor.memberId && !isManager))
    return refuse('NOT_OWNER', ownerOf(candidate));
  if (!reason.trim()) return refuse('REASON_REQUIRED');
  if (isManager) return 'APPROVED';
  const { extensionDays, extensionsWithoutApproval } = candidate.pool.policy;
  return days <= (extensionDays ?? 0) && extensionsUsed < extensionsWithoutApproval ? 'GRANTED' : 'WAITING';
}

/**
 * A manager of the pool decides what an owner asked for.
 * @param isWaiting does a request of the present owner wait? When it does not, somebody was quicker or the owner changed.
 * @returns null when the decision stands
 */
export function decideRequest(candidate: ManagedCandidate | null, actor: Actor, isWaiting: boolean): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal) return refusal;
  return isWaiting ? null : refuse('STALE');
}

function ownerOf({ ownerId, ownerName }: ManagedCandidate): { ownerId?: string; ownerName?: string } {
  return { ...(ownerId ? { ownerId } : {}), ...(ownerName ? { ownerName } : {}) };
}
