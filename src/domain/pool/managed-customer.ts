import type { CustomerObject, PoolStatus } from '../customer/customer';
import { refuse, type Refusal } from '../refusal/refusal';
import { type Actor, isManagerOf, type Pool, seesPool } from './pool-policy';
import { seesCustomer, type Sighted } from './visibility';

/** What a manager's command needs to know of one customer. `null` status: known to Twenty, but under no pool's management. */
export interface ManagedCandidate extends Sighted {
  object: CustomerObject;
  status: PoolStatus | null;
  ownerName: string | null;
}

/**
 * docs/semantics.md#visibility: whoever does not see a customer is answered as of a record that no pool manages.
 * @param candidate null when the record does not exist
 * @returns null when the actor sees it
 */
export function refuseUnlessSeen(
  candidate: (Sighted & Pick<ManagedCandidate, 'status'>) | null,
  actor: Actor,
): Refusal | null {
  if (!candidate) return refuse('NOT_FOUND');
  return candidate.status !== null && seesCustomer(actor, candidate) ? null : refuse('NOT_MANAGED');
}

/**
 * docs/semantics.md#rights: a pool manager may do everything in their pool. What else managers may do to a customer begins with this.
 * @param candidate null when the record does not exist
 * @returns null when the actor manages the home pool
 */
export function refuseUnlessManager(candidate: ManagedCandidate | null, actor: Actor): Refusal | null {
  const unseen = refuseUnlessSeen(candidate, actor);
  if (unseen || !candidate?.pool) return unseen ?? refuse('NOT_MANAGED');
  return isManagerOf(actor, candidate.pool.id) ? null : refuse('NOT_MANAGER', { poolName: candidate.pool.name });
}

/** Whether the actor may send a customer of this kind to a pool. @param target null: an id that is no pool */
export function refuseTargetPool(target: Pool | null, object: CustomerObject, actor: Actor): Refusal | null {
  if (!target) return refuse('TARGET_NOT_ELIGIBLE');
  if (!seesPool(actor, target)) return refuse('NOT_VISIBLE');
  if (!target.policy.isActive) return refuse('POOL_INACTIVE', { poolName: target.name });
  const manages = object === 'COMPANY' ? target.policy.managesCompanies : target.policy.managesPeople;
  return manages ? null : refuse('TARGET_NOT_ELIGIBLE', { poolName: target.name });
}
