import { type ManagedCandidate, refuseUnlessManager } from '../pool/managed-customer';
import type { Actor } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

/**
 * docs/semantics.md#exempt: not reclaimed until a date (protected), or not at all (locked). Managers of the home pool
 * say so, or take it back. It belongs to the customer, so it may be said of a pooled one, and stays when the owner
 * changes.
 * @returns null when it may be done
 */
export function decideProtect(candidate: ManagedCandidate | null, actor: Actor): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal) return refusal;
  return candidate?.status === 'ARCHIVED' ? refuse('ARCHIVED') : null;
}
