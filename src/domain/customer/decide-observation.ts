import type { OwnershipEvent } from '../change/ownership-event';
import type { CustomerState, PoolStatus } from './customer';

/** What Twenty shows of a customer. */
export interface ObservedRecord {
  ownerId: string | null;
  poolId: string | null;
  poolStatus: PoolStatus | null;
  ownedSince: string | null;
  pooledSince: string | null;
  formerOwnerId: string | null;
  /** The member who wrote the record last; null for a program. */
  changedBy: string | null;
}

export interface ObservationContext {
  /** Is the record's pool one that exists and manages this kind of record? */
  recordPoolFits: boolean;
  /** Was the customer's home pool removed? Then it needs another. */
  homePoolIsGone: boolean;
  /** Where routing sends the record while it has no fitting pool; null: nowhere. */
  routedPoolId: string | null;
  directEdits: 'ACCEPT' | 'REVERT';
  /** How often the last hour saw a revert of this record. */
  recentReverts: number;
  /** Has the owner that the index knows been removed from Twenty? Then Twenty emptied the field, nobody edited it. */
  ownerWasRemoved: boolean;
  /** Since when whoever owns the record has owned it at the least: what was there before Highseas was owned when it came. */
  ownedAtLeastSince: string;
  /** ISO instant. */
  now: string;
}

/**
 * What a reading means for a customer: an event, or a state that is taken over as Twenty shows it, or neither. Fields that the
 * engine writes and somebody else has written over are no matter of this: they are shown again.
 */
export interface Observation {
  event: ObservedEvent | null;
  takenOver: CustomerState | null;
  /** The engine gave in to a user who keeps changing this record; somebody should look. */
  leftAlone: boolean;
}
export type ObservedEvent = Omit<OwnershipEvent, 'batchId'>;

/** docs/semantics.md#no-loop: twice in an hour, then the record is left and reported. */
const patience = 2;
const nothing: Observation = { event: null, takenOver: null, leftAlone: false };

/** Whether a reading of Twenty brings nothing new, an edit made elsewhere, or a record to be taken under management. */
export function decideObservation(
  known: CustomerState,
  seen: ObservedRecord,
  context: ObservationContext,
): Observation {
  if (known.status === null || known.poolId === null) return adopt(known, seen, context);
  if (seen.ownerId !== known.ownerId) return ownerChanged(known, seen, context);
  const poolId = homePool(known, seen, context);
  if (poolId === known.poolId) return nothing;
  const event = { type: 'ROUTED' as const, fromId: null, toId: null, actorId: seen.changedBy };
  return { ...nothing, event: { ...event, poolId, at: context.now, isSeen: true } };
}

/** docs/semantics.md#routing: a record that is not managed yet goes to its pool, with or without an owner. */
function adopt(
  known: CustomerState,
  seen: ObservedRecord,
  { recordPoolFits, routedPoolId, ownedAtLeastSince, now }: ObservationContext,
): Observation {
  const poolId = recordPoolFits ? seen.poolId : routedPoolId;
  if (!poolId) {
    return seen.ownerId === known.ownerId ? nothing : { ...nothing, takenOver: { ...known, ownerId: seen.ownerId } };
  }
  const wasManaged = recordPoolFits && seen.poolStatus !== null;
  const status: PoolStatus = seen.ownerId
    ? 'OWNED'
    : wasManaged && seen.poolStatus === 'ARCHIVED'
      ? 'ARCHIVED'
      : 'POOLED';
  const restores = {
    status,
    ownedSince: status === 'OWNED' ? (seen.ownedSince ?? ownedAtLeastSince) : null,
    pooledSince: status === 'OWNED' ? null : (seen.pooledSince ?? now),
    formerOwnerId: seen.formerOwnerId,
  };
  if (wasManaged && seen.poolStatus === status)
    return { ...nothing, takenOver: { ...known, ...restores, poolId, ownerId: seen.ownerId } };
  return {
    ...nothing,
    event: {
      type: wasManaged ? 'OBSERVED' : 'ROUTED',
      fromId: null,
      toId: seen.ownerId,
      poolId,
      actorId: wasManaged ? seen.changedBy : null,
      at: now,
      isSeen: true,
      restores,
    },
  };
}

function ownerChanged(known: CustomerState, seen: ObservedRecord, context: ObservationContext): Observation {
  const { ownerWasRemoved, directEdits, recentReverts, now: at } = context;
  const poolId = homePool(known, seen, context);
  const seenNow = { fromId: known.ownerId, toId: seen.ownerId, poolId, at, isSeen: true };
  if (!seen.ownerId && ownerWasRemoved) return { ...nothing, event: { ...seenNow, type: 'OFFBOARDED', actorId: null } };
  // Nobody can be made an owner again who has left Twenty.
  const restorable = directEdits === 'REVERT' && !ownerWasRemoved;
  if (restorable && recentReverts < patience) {
    const back = { type: 'REVERTED' as const, fromId: seen.ownerId, toId: known.ownerId, actorId: null };
    return { ...nothing, event: { ...back, poolId: known.poolId, at } };
  }
  return { ...nothing, event: { ...seenNow, type: 'OBSERVED', actorId: seen.changedBy }, leftAlone: restorable };
}

/** docs/semantics.md#states: there is always one home pool. What somebody chose in Twenty counts; a pool that is gone is replaced by routing. */
function homePool(known: CustomerState, seen: ObservedRecord, context: ObservationContext): string {
  if (seen.poolId && context.recordPoolFits) return seen.poolId;
  return (context.homePoolIsGone ? context.routedPoolId : null) ?? (known.poolId as string);
}
