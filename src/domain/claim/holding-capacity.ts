import { capacityInPool, type Pool, type PoolMembership } from '../pool/pool-policy';
import type { MemberBook } from './member-book';

/** A holding capacity with no room left. */
export interface FullCapacity {
  used: number;
  limit: number;
  scope: 'POOL' | 'WORKSPACE';
}

/**
 * docs/semantics.md#capacity: the member's number in the pool, else the pool's, and the workspace-wide one; the smaller
 * free room binds. Won customers do not count unless the pool counts them.
 * @param memberCapacity workspace-wide; null = none
 * @returns null while there is room for one more
 */
export function fullCapacity(
  pool: Pool,
  membership: PoolMembership | undefined,
  book: MemberBook,
  memberCapacity: number | null,
  isWon: boolean,
): FullCapacity | null {
  if (isWon && !pool.policy.wonCountsTowardsCapacity) return null;
  const { holding } = book.inPool(pool.id);
  const capacity = capacityInPool(pool, membership);
  if (capacity !== null && holding >= capacity) return { used: holding, limit: capacity, scope: 'POOL' };
  if (memberCapacity !== null && book.holding() >= memberCapacity)
    return { used: book.holding(), limit: memberCapacity, scope: 'WORKSPACE' };
  return null;
}
