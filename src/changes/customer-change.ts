import type { ChangeCause } from '../domain/customer/acting-member';
import type { CustomerState } from '../domain/customer/customer';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { CustomerFields, CustomerRecord } from '../twenty/records/twenty.types';

/**
 * What becomes of one locked customer: an event, from which everything else follows, or a state that is taken over as Twenty
 * shows it. Its clock is computed anew either way.
 */
export type CustomerChange =
  | { customer: CustomerEntity; event: OwnershipEvent }
  | { customer: CustomerEntity; takenOver: CustomerState };

export type Protection = Pick<CustomerEntity, 'isLocked' | 'protectedUntil'>;

/** Nothing but the clock of the customer. */
export function clockOnly(customer: CustomerEntity): CustomerChange {
  return { customer, takenOver: stateOf(customer) };
}

/** What an undo goes back to; part of the facts of the event. */
export function beforeOf({
  status,
  poolId,
  ownerId,
  ownedSince,
  pooledSince,
  formerOwnerId,
}: CustomerEntity): Record<string, unknown> {
  return { status, poolId, ownerId, ownedSince, pooledSince, formerOwnerId };
}

/** The same changes, each with its line in the history saying that it was not asked for in person. */
export function causedBy(via: ChangeCause | undefined, changes: CustomerChange[]): CustomerChange[] {
  if (via === undefined) return changes;
  return changes.map((change) =>
    'event' in change && change.event.actorId
      ? { ...change, event: { ...change.event, facts: { ...change.event.facts, via } } }
      : change,
  );
}

/** The line of what leaves the owner and the home pool as they are. */
export function eventOfSameOwner(
  customer: CustomerEntity,
  event: Omit<OwnershipEvent, 'toId' | 'poolId'>,
): OwnershipEvent {
  return { ...event, toId: customer.ownerId, poolId: customer.poolId };
}

export function stateOf(customer: CustomerEntity): CustomerState {
  const {
    status,
    poolId,
    ownerId,
    formerOwnerId,
    ownedSince,
    pooledSince,
    lastActivityAt,
    lastActivityOn,
    reclaimOn,
    reclaimRule,
  } = customer;
  return {
    status,
    poolId,
    ownerId,
    formerOwnerId,
    ownedSince,
    pooledSince,
    lastActivityAt,
    lastActivityOn,
    reclaimOn,
    reclaimRule,
  };
}

/** What Twenty's record shows of what the engine writes. */
export function shownOf(record: CustomerRecord): CustomerFields {
  const { ownerId, poolId, poolStatus, ownedSince, pooledSince, formerOwnerId } = record;
  const { lastActivityOn, reclaimOn, reclaimRule, duplicateOf } = record;
  return {
    ownerId,
    poolId,
    poolStatus,
    ownedSince,
    pooledSince,
    formerOwnerId,
    lastActivityOn,
    reclaimOn,
    reclaimRule,
    duplicateOf,
  };
}
