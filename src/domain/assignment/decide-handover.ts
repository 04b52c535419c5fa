import { startOfLocalDate } from '../calendar/local-days';
import { type ManagedCandidate, refuseUnlessManager } from '../pool/managed-customer';
import type { Actor } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

export interface HandoverCandidate extends ManagedCandidate {
  /** Local date before which nobody may have it. */
  quietUntil: string | null;
}

export interface HandoverRequest {
  actor: Actor;
  /** Whoever among them has a customer already keeps it. */
  targetIds: ReadonlySet<string>;
  timeZone: string;
  /** ISO instant. */
  now: string;
}

/**
 * docs/semantics.md#assign: may a manager give this customer, pooled or owned, to somebody else at all? To whom, and
 * whether it fits, is decided by the split.
 * @param candidate null when the record does not exist
 * @returns null when it may be moved
 */
export function decideHandover(
  candidate: HandoverCandidate | null,
  { actor, targetIds, timeZone, now }: HandoverRequest,
): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal || !candidate) return refusal ?? refuse('NOT_FOUND');
  const { status, ownerId, ownerName, quietUntil } = candidate;
  if (status === 'ARCHIVED') return refuse('ARCHIVED');
  if (ownerId !== null && targetIds.has(ownerId)) {
    return refuse('ALREADY_OWNED', {
      ownerId,
      ...(ownerName ? { ownerName } : {}),
      ownerIsCaller: ownerId === actor.memberId,
    });
  }
  if (status === 'OWNED' || !quietUntil) return null;
  const until = startOfLocalDate(quietUntil, timeZone);
  return now < until ? refuse('QUIET_PERIOD', { timeZone }, until) : null;
}
