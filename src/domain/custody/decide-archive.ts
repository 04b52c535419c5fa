import { type ManagedCandidate, refuseUnlessManager } from '../pool/managed-customer';
import type { Actor } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

/**
 * Retired from circulation (docs/semantics.md#states: junk, closed down, do not contact): by managers of the home pool,
 * with the reason, so that why customers are lost can be counted.
 * @returns null when it is archived
 */
export function decideArchive(
  candidate: ManagedCandidate | null,
  { actor, reason }: { actor: Actor; reason: string },
): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal) return refusal;
  if (candidate?.status === 'ARCHIVED') return refuse('ARCHIVED');
  return reason.trim() ? null : refuse('REASON_REQUIRED');
}

/** Back into its home pool. @returns null when it is restored */
export function decideRestore(candidate: ManagedCandidate | null, actor: Actor): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal || !candidate) return refusal;
  // Not archived (any more): somebody was quicker.
  return candidate.status === 'ARCHIVED' ? null : refuse('STALE');
}
