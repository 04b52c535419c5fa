import { type ManagedCandidate, refuseUnlessManager } from '../pool/managed-customer';
import type { Actor } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

/**
 * A hold, or a quiet period: managers of the home pool state one, with a reason. Both belong to the customer and last as long
 * as they say, whoever owns it.
 * @returns null when it may be done
 */
export function decideHold(
  candidate: ManagedCandidate | null,
  { actor, reason }: { actor: Actor; reason: string },
): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal) return refusal;
  if (candidate?.status === 'ARCHIVED') return refuse('ARCHIVED');
  return reason.trim() ? null : refuse('REASON_REQUIRED');
}
