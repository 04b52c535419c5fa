import type { Turn } from './turn';

/** docs/semantics.md#auto-assign. */
export type AutoAssignStrategy = 'ROUND_ROBIN' | 'WEIGHTED' | 'LEAST_LOADED' | 'BEST_PERFORMER' | 'MATCH';

/** What decided: the pool's strategy, or the contact that wins before it. */
export type AssignmentRule = AutoAssignStrategy | 'PRIOR_CONTACT';

/**
 * Why a pool member was not considered.
 * - `RELEASED_IT` they gave this customer back themselves, at any time
 * - `RECLAIMED_FROM` they had it last, and it was taken back from them
 * - `DUPLICATE` a colleague owns the same customer, and the pool refuses duplicates
 */
export type SkipReason =
  | 'INACTIVE'
  | 'ON_LEAVE'
  | 'OFF_DUTY'
  | 'FULL'
  | 'ZERO_WEIGHT'
  | 'RELEASED_IT'
  | 'RECLAIMED_FROM'
  | 'NO_MATCH'
  | 'DUPLICATE';

/**
 * Why a customer stays in the pool. `NO_MEMBERS`: nobody is a member of the pool; `FIELDS_UNREADABLE`: Twenty does not have
 * the fields that are to be matched.
 */
export type StayReason = 'NO_MEMBERS' | 'NO_ELIGIBLE_MEMBER' | 'FIELDS_UNREADABLE';

/** What a member takes, by field name; a list alone counts for each of the pool's match fields. `*` takes everything. */
export type MatchValues = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** A member of the pool, as they are before the batch. */
export interface Assignee {
  memberId: string;
  name: string;
  isActive: boolean;
  isOnLeave: boolean;
  isOnDuty: boolean;
  weight: number;
  /** Points of the last four weeks; see performance-weights. */
  score: number;
  /** In the pool for less than thirty days. */
  isNewcomer: boolean;
  matchValues: MatchValues | null;
  /** Owned customers that count towards capacity, in this pool and in all. */
  inPool: number;
  overall: number;
  /** null = no limit. */
  poolLimit: number | null;
  overallLimit: number | null;
}

/** How a past ownership of the customer by one member ended. */
export interface PastOwnership {
  memberId: string;
  /** ISO instant of the last ending. */
  until: string;
  /** Did the member ever give it back themselves? */
  hasReleased: boolean;
  /** Did the last ending of all take it back from this member? */
  wasReclaimedLast: boolean;
}

/** A pooled customer that is to be given to somebody. */
export interface Lead {
  key: string;
  countsTowardsCapacity: boolean;
  pastOwners: readonly PastOwnership[];
  /** Another member who owns the same customer; null when there is none, or the pool does not mind. */
  duplicateOwnerId: string | null;
  /** What makes it the same as others that may be in the same batch; none where the pool does not mind. */
  sameAs: readonly string[];
  /** Values of the pool's match fields; null: they could not be read. */
  values: Readonly<Record<string, readonly string[]>> | null;
}

export interface AssignmentPolicy {
  strategy: AutoAssignStrategy;
  priorContactFirst: boolean;
  newcomerFloorPercent: number;
  matchFields: readonly string[];
}

export interface ConsideredMember {
  memberId: string;
  name: string;
  skipped: SkipReason | null;
  /** What the strategy compared: weight, customers owned, points, or how many fields match; null where it compares nothing. */
  value: number | null;
}

export interface AssignmentDecision {
  key: string;
  strategy: AutoAssignStrategy;
  /** null: the customer stays, for the reason given. */
  memberId: string | null;
  rule: AssignmentRule | null;
  stays: StayReason | null;
  members: ConsideredMember[];
}

export interface AssignmentResult {
  /** In the order of the leads. */
  decisions: AssignmentDecision[];
  turn: Turn;
}
