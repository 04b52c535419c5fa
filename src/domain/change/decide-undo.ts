import type { CustomerState, OwnershipEventType, PoolStatus } from '../customer/customer';
import { refuse, type Refusal } from '../refusal/refusal';
import type { OwnershipEvent } from './ownership-event';

/** What the system or a manager does to a customer. A claim is its member's own, and given back by releasing. */
export const undoableTypes: readonly OwnershipEventType[] = [
  'RECLAIMED',
  'REASSIGNED',
  'ASSIGNED',
  'RELEASED',
  'OFFBOARDED',
  'ARCHIVED',
  'RESTORED',
];

/** A line of the history that is to be undone. */
export interface UndoneEvent {
  id: string;
  type: OwnershipEventType;
  /** Who had the customer before it, and whom it went to. */
  fromId: string | null;
  toId: string | null;
  facts: Record<string, unknown> | null;
}

/** What an event says was before it. Events of a sweep leave out what a reclaimed customer always was. */
interface Before {
  status?: PoolStatus;
  poolId?: string | null;
  ownedSince?: string | null;
  pooledSince?: string | null;
  formerOwnerId?: string | null;
}

export interface UndoContext {
  /** Pools that there are. */
  pools: { has(poolId: string): boolean };
  /** Members who have left Twenty, with their names. */
  gone: ReadonlyMap<string, string>;
  actorId: string | null;
  batchId: string;
  /** ISO instant. */
  now: string;
}

/**
 * docs/semantics.md#undo: the customer is as it was before the event, except where it has had a new owner since. A move, a note
 * or an archive in between is no new owner.
 * @param isLatest has nobody got or lost the customer since the event?
 */
export function decideUndo(
  customer: CustomerState,
  event: UndoneEvent | null,
  isLatest: boolean,
  { pools, gone, actorId, batchId, now }: UndoContext,
): Refusal | OwnershipEvent {
  if (!event || !isLatest || isUndoneAlready(customer, event)) return refuse('STALE');
  const name = event.fromId === null ? undefined : gone.get(event.fromId);
  if (name !== undefined)
    return refuse('TARGET_NOT_ELIGIBLE', { targetProblem: 'GONE', ...(name ? { memberName: name } : {}) });
  const before = (event.facts?.['before'] ?? {}) as Before;
  const status = before.status ?? (event.fromId ? 'OWNED' : 'POOLED');
  return {
    type: 'UNDONE',
    toId: status === 'OWNED' ? event.fromId : null,
    actorId,
    poolId: before.poolId && pools.has(before.poolId) ? before.poolId : customer.poolId,
    facts: { undoes: event.id, type: event.type },
    restores: {
      status,
      ownedSince: before.ownedSince ?? null,
      pooledSince: before.pooledSince ?? null,
      formerOwnerId: before.formerOwnerId ?? null,
    },
    batchId,
    at: now,
  };
}

/** Archiving and restoring give nobody a customer, so what came after them is seen in the state alone. */
function isUndoneAlready({ status }: CustomerState, { type }: UndoneEvent): boolean {
  return (type === 'ARCHIVED' && status !== 'ARCHIVED') || (type === 'RESTORED' && status !== 'POOLED');
}
