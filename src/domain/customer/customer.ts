/** The vocabulary of docs/semantics.md#1-things, shared by every pure decision. */
export type CustomerObject = 'COMPANY' | 'PERSON';
export const customerObjects: readonly CustomerObject[] = ['COMPANY', 'PERSON'];
export type PoolStatus = 'OWNED' | 'POOLED' | 'ARCHIVED';
export type RuleKind = 'NO_ACTIVITY' | 'NO_OPPORTUNITY' | 'NO_DEAL' | 'MAX_HOLD' | 'AFTER_DATE';

export type OwnershipEventType =
  | 'ROUTED'
  | 'CLAIMED'
  | 'RELEASED'
  | 'RECLAIMED'
  | 'ASSIGNED'
  | 'REASSIGNED'
  | 'OFFBOARDED'
  | 'OBSERVED'
  | 'REVERTED'
  | 'PROTECTED'
  | 'HELD'
  | 'ARCHIVED'
  | 'RESTORED'
  | 'UNDONE';

export type Locale = 'en' | 'zh-CN';

/** Identifies one managed record of Twenty. */
export interface CustomerRef {
  object: CustomerObject;
  recordId: string;
}

/** The part of a customer that ownership decisions set. `status` and `poolId` are null while no pool manages it. */
export interface CustomerState {
  status: PoolStatus | null;
  poolId: string | null;
  ownerId: string | null;
  formerOwnerId: string | null;
  /** ISO instants. */
  ownedSince: string | null;
  pooledSince: string | null;
  lastActivityAt: string | null;
  /** Local dates. */
  lastActivityOn: string | null;
  reclaimOn: string | null;
  reclaimRule: RuleKind | null;
}

/** A key that orders customers the same way everywhere, so that row locks are always taken in one order. */
export function customerKey(ref: CustomerRef): string {
  return `${ref.object}:${ref.recordId}`;
}
