import type { CustomerState } from '../customer';

/** Semantics section 3: every change of owner starts the clock anew. */
export function toOwned(before: CustomerState, ownerId: string, at: string): CustomerState {
  return {
    ...before,
    status: 'OWNED',
    ownerId,
    formerOwnerId: before.ownerId ?? before.formerOwnerId,
    ownedSince: at,
    pooledSince: null,
    lastActivityAt: null,
    lastActivityOn: null,
    reclaimOn: null,
    reclaimRule: null,
  };
}

/** Back to a pool, or from one pool to another. */
export function toPooled(before: CustomerState, poolId: string, at: string): CustomerState {
  return {
    ...before,
    status: 'POOLED',
    poolId,
    ownerId: null,
    formerOwnerId: before.ownerId ?? before.formerOwnerId,
    ownedSince: null,
    pooledSince: at,
    lastActivityAt: null,
    lastActivityOn: null,
    reclaimOn: null,
    reclaimRule: null,
  };
}
