import type { CustomerState } from '../customer/customer';

/** docs/semantics.md#clock-facts: every change of owner starts the clock anew. */
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

/** Retired from circulation, by whoever had it. It stays out of the pool, in which it began to wait when it lost its owner. */
export function toArchived(before: CustomerState, poolId: string, at: string): CustomerState {
  return { ...toPooled(before, poolId, at), status: 'ARCHIVED', pooledSince: before.pooledSince ?? at };
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
