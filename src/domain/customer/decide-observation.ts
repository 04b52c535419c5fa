import type { CustomerState, OwnershipEventType, PoolStatus, RuleKind } from './customer';
import { toOwned, toPooled } from './state-transitions';

/** What Twenty shows of a customer. */
export interface ObservedRecord {
  ownerId: string | null;
  poolId: string | null;
  poolStatus: PoolStatus | null;
  ownedSince: string | null;
  pooledSince: string | null;
  formerOwnerId: string | null;
  lastActivityOn: string | null;
  reclaimOn: string | null;
  reclaimRule: RuleKind | null;
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
  /** How often the last hour saw a revert, or a correction of derived fields, of this record. */
  recentReverts: number;
  recentCorrections: number;
  /** Has the owner that the index knows been removed from Twenty? Then Twenty emptied the field, nobody edited it. */
  ownerWasRemoved: boolean;
  /** Since when whoever owns the record has owned it at the least: what was there before Highseas was owned when it came. */
  ownedAtLeastSince: string;
  /** ISO instant. */
  now: string;
}

export interface Observation {
  after: CustomerState;
  event: {
    type: OwnershipEventType;
    confirmed: boolean;
    fromId: string | null;
    toId: string | null;
    actorId: string | null;
  } | null;
  /** What Twenty must be told, if anything. */
  write: 'DERIVED' | 'CORRECTION' | 'REVERT' | null;
  /** The engine gave in to a user who keeps changing this record; somebody should look. */
  leftAlone: boolean;
}

/** Semantics section 8: twice in an hour, then the record is left and reported. */
const patience = 2;

/**
 * What a reading of Twenty means for a customer: nothing new, an edit made elsewhere, a record to be taken under
 * management, or derived fields that somebody changed by hand.
 */
export function decideObservation(
  known: CustomerState,
  seen: ObservedRecord,
  context: ObservationContext,
): Observation {
  if (known.status === null || known.poolId === null) return adopt(known, seen, context);
  if (seen.ownerId !== known.ownerId) return ownerChanged(known, seen, context);
  const poolId = homePool(known, seen, context);
  if (poolId !== known.poolId) return poolChanged(known, seen, poolId);
  return correct(known, seen, context);
}

/** Semantics section 2: a record that is not managed yet goes to its pool, with or without an owner. */
function adopt(
  known: CustomerState,
  seen: ObservedRecord,
  { recordPoolFits, routedPoolId, ownedAtLeastSince, now }: ObservationContext,
): Observation {
  const poolId = recordPoolFits ? seen.poolId : routedPoolId;
  if (!poolId) return { after: { ...known, ownerId: seen.ownerId }, event: null, write: null, leftAlone: false };

  const wasManaged = recordPoolFits && seen.poolStatus !== null;
  const status: PoolStatus = seen.ownerId
    ? 'OWNED'
    : wasManaged && seen.poolStatus === 'ARCHIVED'
      ? 'ARCHIVED'
      : 'POOLED';
  const after: CustomerState = {
    status,
    poolId,
    ownerId: seen.ownerId,
    formerOwnerId: seen.formerOwnerId,
    ownedSince: status === 'OWNED' ? (seen.ownedSince ?? ownedAtLeastSince) : null,
    pooledSince: status === 'OWNED' ? null : (seen.pooledSince ?? now),
    lastActivityAt: known.lastActivityAt,
    lastActivityOn: status === 'OWNED' ? seen.lastActivityOn : null,
    // Only what is owned falls due.
    reclaimOn: status === 'OWNED' ? seen.reclaimOn : null,
    reclaimRule: status === 'OWNED' ? seen.reclaimRule : null,
  };
  const write = isShown(after, seen) ? null : 'DERIVED';
  if (wasManaged && seen.poolStatus === status) return { after, event: null, write, leftAlone: false };
  const type = wasManaged ? 'OBSERVED' : 'ROUTED';
  return {
    after,
    event: { type, confirmed: true, fromId: null, toId: seen.ownerId, actorId: wasManaged ? seen.changedBy : null },
    write,
    leftAlone: false,
  };
}

function ownerChanged(known: CustomerState, seen: ObservedRecord, context: ObservationContext): Observation {
  const change = { fromId: known.ownerId, toId: seen.ownerId };
  const poolId = homePool(known, seen, context);
  // Twenty cannot point to somebody who has left it; the history keeps their name.
  const before = context.ownerWasRemoved ? { ...known, ownerId: null, formerOwnerId: null } : known;
  if (!seen.ownerId && context.ownerWasRemoved) {
    const after = toPooled(before, poolId, context.now);
    return {
      after,
      event: { type: 'OFFBOARDED', confirmed: true, ...change, actorId: null },
      write: 'DERIVED',
      leftAlone: false,
    };
  }
  // Nobody can be made an owner again who has left Twenty.
  const restorable = context.directEdits === 'REVERT' && !context.ownerWasRemoved;
  if (restorable && context.recentReverts < patience) {
    const event = {
      type: 'REVERTED' as const,
      confirmed: false,
      fromId: seen.ownerId,
      toId: known.ownerId,
      actorId: null,
    };
    return { after: known, event, write: 'REVERT', leftAlone: false };
  }
  const home = { ...before, poolId };
  const after = seen.ownerId ? toOwned(home, seen.ownerId, context.now) : toPooled(home, poolId, context.now);
  return {
    after,
    event: { type: 'OBSERVED', confirmed: true, ...change, actorId: seen.changedBy },
    write: 'DERIVED',
    leftAlone: restorable,
  };
}

/** Semantics section 1: there is always one. What somebody chose in Twenty counts; a pool that is gone is replaced by routing. */
function homePool(known: CustomerState, seen: ObservedRecord, context: ObservationContext): string {
  if (seen.poolId && context.recordPoolFits) return seen.poolId;
  return (context.homePoolIsGone ? context.routedPoolId : null) ?? (known.poolId as string);
}

function poolChanged(known: CustomerState, seen: ObservedRecord, poolId: string): Observation {
  const after = { ...known, poolId };
  return {
    after,
    event: { type: 'ROUTED', confirmed: true, fromId: null, toId: null, actorId: seen.changedBy },
    write: isShown(after, seen) ? null : 'DERIVED',
    leftAlone: false,
  };
}

/** Derived fields are never edited by hand (semantics section 3): what the index says is written again. */
function correct(known: CustomerState, seen: ObservedRecord, { recentCorrections }: ObservationContext): Observation {
  const shown = isShown(known, seen);
  const leftAlone = !shown && recentCorrections >= patience;
  return { after: known, event: null, write: shown || leftAlone ? null : 'CORRECTION', leftAlone };
}

/** A former owner who left Twenty is emptied there at once and in the index with the next reading of the members; that is no edit. */
function isShown(state: CustomerState, seen: ObservedRecord): boolean {
  return (
    seen.poolStatus === state.status &&
    seen.poolId === state.poolId &&
    seen.ownedSince === state.ownedSince &&
    seen.pooledSince === state.pooledSince &&
    seen.lastActivityOn === state.lastActivityOn &&
    seen.reclaimOn === state.reclaimOn &&
    seen.reclaimRule === state.reclaimRule &&
    (seen.formerOwnerId === state.formerOwnerId || seen.formerOwnerId === null)
  );
}
