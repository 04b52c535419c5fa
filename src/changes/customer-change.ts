import type { CustomerState, OwnershipEventType, RuleKind } from '../domain/customer/customer';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { WriteKind } from '../storage/entities/pending-write.entity';
import type { CustomerFields } from '../twenty/records/twenty.types';
import type { ChangeCause } from '../domain/customer/acting-member';

export interface NewEvent {
  /** Chosen by the caller where something else must name it. */
  id?: string;
  type: OwnershipEventType;
  /** `CONFIRMED` for what has already happened in Twenty; `PENDING` for what Twenty has yet to accept. */
  state: 'PENDING' | 'CONFIRMED';
  fromId: string | null;
  toId: string | null;
  actorId: string | null;
  poolId: string | null;
  reason?: string | null;
  note?: string | null;
  rule?: RuleKind | null;
  facts?: Record<string, unknown> | null;
  batchId: string | null;
  at: string;
}

/** One decided change of one customer: its new state, its line in the history, and what Twenty is to be told. */
export interface CustomerChange {
  /** As locked, before the change. */
  customer: CustomerEntity;
  after: CustomerState;
  event: NewEvent | null;
  write: { kind: WriteKind; expectedOwners: (string | null)[]; data: CustomerFields } | null;
  /** Only where the change sets it: elsewhere what Twenty shows is taken over as it is. */
  protection?: Protection;
}

export type Protection = Pick<CustomerEntity, 'isLocked' | 'protectedUntil'>;

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
export function toldVia(via: ChangeCause | undefined, changes: CustomerChange[]): CustomerChange[] {
  if (via === undefined) return changes;
  return changes.map((change) =>
    change.event?.actorId ? { ...change, event: { ...change.event, facts: { ...change.event.facts, via } } } : change,
  );
}

/** The line of what leaves the owner as it is. */
export function eventOfSameOwner(
  customer: CustomerEntity,
  event: Omit<NewEvent, 'fromId' | 'toId' | 'poolId'>,
): NewEvent {
  return { ...event, fromId: customer.ownerId, toId: customer.ownerId, poolId: customer.poolId };
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

/** What Twenty's record must show for a state. */
export function fieldsOf(state: CustomerState): CustomerFields {
  return {
    ownerId: state.ownerId,
    poolId: state.poolId,
    poolStatus: state.status,
    ownedSince: state.ownedSince,
    pooledSince: state.pooledSince,
    formerOwnerId: state.formerOwnerId,
    lastActivityOn: state.lastActivityOn,
    reclaimOn: state.reclaimOn,
    reclaimRule: state.reclaimRule,
  };
}
