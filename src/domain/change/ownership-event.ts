import type { OwnershipEventType, RuleKind } from '../customer/customer';

/**
 * One change of one customer, decided: the line that the history will have. What it does to the customer (`evolve`) and what
 * Twenty is told of it (`toldOf`) follow from it and from nothing else.
 */
export interface OwnershipEvent {
  /** Chosen by the decider where something else must name it. */
  id?: string;
  type: OwnershipEventType;
  /** Who had it; whom the index knows as its owner when absent. */
  fromId?: string | null;
  /** Who has it afterwards. */
  toId: string | null;
  /** Its home pool afterwards. */
  poolId: string | null;
  /** null: the system. */
  actorId: string | null;
  reason?: string | null;
  note?: string | null;
  rule?: RuleKind | null;
  facts?: Record<string, unknown> | null;
  batchId: string | null;
  /** ISO instant. */
  at: string;
  /** Twenty shows it already: it is history at once, and there is nothing to tell. */
  isSeen?: boolean;
  /** `UNDONE`: what the customer is again. Of one that comes under management: what is known of it. */
  restores?: Restored;
}

/** The part of a customer that is not what the event itself says. ISO instants. */
export interface Restored {
  status?: 'OWNED' | 'POOLED' | 'ARCHIVED';
  ownedSince?: string | null;
  pooledSince?: string | null;
  formerOwnerId?: string | null;
}
