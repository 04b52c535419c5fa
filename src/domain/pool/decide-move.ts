import { refuse, type Refusal } from '../refusal/refusal';
import { type ManagedCandidate, refuseTargetPool, refuseUnlessManager } from './managed-customer';
import type { Actor, Pool } from './pool-policy';

/**
 * docs/semantics.md#rights: a manager of the home pool gives a customer, owned or not, another home pool. To the pool
 * it is in already is granted and changes nothing.
 * @param target null: an id that is no pool
 * @returns null when it may move
 */
export function decideMove(
  candidate: ManagedCandidate | null,
  { actor, target }: { actor: Actor; target: Pool | null },
): Refusal | null {
  const refusal = refuseUnlessManager(candidate, actor);
  if (refusal || !candidate) return refusal;
  if (candidate.status === 'ARCHIVED') return refuse('ARCHIVED');
  return target && target.id === candidate.pool?.id ? null : refuseTargetPool(target, candidate.object, actor);
}
