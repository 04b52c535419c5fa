import type { CustomerState, PoolStatus } from '../customer/customer';
import type { OwnershipEvent } from './ownership-event';

/** Who has a customer and since when, as Twenty shows it; the protection where an event is about that. */
export interface ToldFields {
  ownerId?: string | null;
  poolId?: string | null;
  poolStatus?: PoolStatus | null;
  /** ISO instants. */
  ownedSince?: string | null;
  pooledSince?: string | null;
  isLocked?: boolean;
  protectedUntil?: string | null;
}

/**
 * Who a customer is with: what changes with every hand-over.
 * `since` is `ownedSince` of what is owned, `pooledSince` of the others; absent where it is not known what Twenty shows.
 */
export interface Holding {
  ownerId: string | null;
  since?: string | null;
}

/**
 * The condition of a write in Twenty: the record is with `from`, or already as this write makes it. A request that Twenty carries
 * out long after it was given up finds neither, once the customer has changed hands again.
 */
export interface Fence {
  from: Holding;
  to: Holding;
}

/**
 * What Twenty has to be told of an event: no more than it changes, so that what is the same for many goes in one call.
 * @returns null where there is nothing to tell
 */
export function toldOf(before: CustomerState, after: CustomerState, event: OwnershipEvent): ToldFields | null {
  if (event.isSeen || event.type === 'HELD') return null;
  if (event.type === 'PROTECTED') return protectionOf(event);
  const fields = ownershipOf(after);
  // Somebody wrote something else over it in Twenty, so all of it is said again.
  if (event.type === 'REVERTED') return fields;
  const known = ownershipOf(before);
  const changed = Object.entries(fields).filter(([name, value]) => known[name as keyof typeof known] !== value);
  return Object.fromEntries(changed);
}

/**
 * @param shown what Twenty is known to show; null: not known
 * @param owner whom Twenty is to show as the owner for the write to be made
 * @param told what the write says
 */
export function fenceOf(shown: ToldFields | null, owner: string | null, told: ToldFields): Fence {
  const next = { ...shown, ...told };
  return {
    from: holding(owner, shown),
    to: holding(told.ownerId === undefined ? owner : told.ownerId, shown === null ? told : next),
  };
}

/** What a `PROTECTED` event says of the customer afterwards. */
export function protectionOf({ facts }: OwnershipEvent): { isLocked: boolean; protectedUntil: string | null } {
  const { lock, until } = facts ?? {};
  return { isLocked: lock === true, protectedUntil: typeof until === 'string' ? until : null };
}

function ownershipOf({ ownerId, poolId, status, ownedSince, pooledSince }: CustomerState) {
  return { ownerId, poolId, poolStatus: status, ownedSince, pooledSince };
}

function holding(ownerId: string | null, shown: ToldFields | null): Holding {
  const since = ownerId === null ? shown?.pooledSince : shown?.ownedSince;
  return since === undefined ? { ownerId } : { ownerId, since };
}
