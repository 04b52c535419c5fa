import type { AutoAssignStrategy } from '../assignment/auto/auto-assignment.types';

/** What a pool's managers may set; the field names of `customerPool` in Twenty. `null` = off. Days are whole numbers. */
export interface PoolPolicy {
  isActive: boolean;
  isDefault: boolean;
  /** Lower comes first in routing. */
  priority: number;
  visibility: 'EVERYONE' | 'MEMBERS';
  claimingMode: 'SELF_SERVICE' | 'MANAGED';
  managesCompanies: boolean;
  managesPeople: boolean;
  /** A record filter in Twenty's own shape; Twenty evaluates it. */
  routingFilter: Record<string, unknown> | null;

  firstFollowUpDays: number | null;
  followUpDays: number | null;
  noOpportunityDays: number | null;
  noDealDays: number | null;
  maxHoldDays: number | null;
  afterDateField: string | null;
  afterDateDays: number | null;
  dayCounting: 'CALENDAR' | 'WORKING';
  wonIsExempt: boolean;
  openOpportunityIsExempt: boolean;
  /** How far the owner's open task may put a deadline off. */
  planDefersDays: number | null;
  graceDays: number | null;
  /** Days an owner may ask for at once, and how often without asking a manager. */
  extensionDays: number | null;
  extensionsWithoutApproval: number;
  /** How long a request that waits for a manager keeps the clock still. */
  approvalDays: number | null;

  /** Descending. */
  reminderLeadDays: number[];
  escalateAtDays: number | null;
  /** Managers are told of customers that long unclaimed, and that long assigned without a first activity. */
  unclaimedDays: number | null;
  untouchedDays: number | null;
  /**
   * Clean-up (docs/semantics.md#clean-up) of customers pooled longer than that, and of those that came back that often.
   */
  staleDays: number | null;
  staleAction: 'LIST' | 'ARCHIVE';
  maxReturns: number | null;
  reclaimCapPerRun: number | null;
  reclaimCapPerOwnerPerDay: number | null;

  holdingCapacity: number | null;
  wonCountsTowardsCapacity: boolean;
  claimLimit: number | null;
  claimLimitPeriod: ClaimPeriod;
  claimIntervalMinutes: number | null;
  backlogLimit: number | null;
  cooldownDays: number | null;
  embargoDays: number | null;
  duplicatePolicy: 'WARN' | 'REFUSE';
  /** Whoever works on a pooled customer claims it by that; see domain/claim/claiming-activities. */
  claimOnActivity: boolean;
  releaseReasonRequired: boolean;

  autoAssign: 'OFF' | AutoAssignStrategy;
  autoAssignWhen: 'ON_ENTRY' | 'ON_SCHEDULE';
  /** Cron text, in the workspace's time zone. */
  autoAssignSchedule: string | null;
  /** Fields of the customer, such as `address.addressCity`. */
  matchFields: string[];
  priorContactFirst: boolean;
  newcomerFloorPercent: number;
}

export type ClaimPeriod = 'DAY' | 'WEEK' | 'MONTH';

export interface Pool {
  id: string;
  name: string;
  policy: PoolPolicy;
}

/** A member's place in one pool. Empty numbers fall back to the pool's. */
export interface PoolMembership {
  poolId: string;
  memberRole: 'MEMBER' | 'MANAGER';
  holdingCapacity: number | null;
  claimLimit: number | null;
  /** Off duty, nothing is assigned to them from this pool. */
  isOnDuty: boolean;
}

/** Who acts. A workspace admin manages every pool. */
export interface Actor {
  memberId: string;
  isWorkspaceAdmin: boolean;
  memberships: ReadonlyMap<string, PoolMembership>;
}

/** docs/semantics.md#rights: may the actor do everything in this pool? */
export function isManagerOf(actor: Actor, poolId: string): boolean {
  return actor.isWorkspaceAdmin || actor.memberships.get(poolId)?.memberRole === 'MANAGER';
}

/** docs/semantics.md#visibility: does the actor see and claim in this pool? */
export function seesPool(actor: Actor, pool: Pool): boolean {
  return pool.policy.visibility === 'EVERYONE' || actor.isWorkspaceAdmin || actor.memberships.has(pool.id);
}

/** The pool's limit unless the member has a number of their own in it. */
export function capacityInPool(pool: Pool, membership: PoolMembership | undefined): number | null {
  return membership?.holdingCapacity ?? pool.policy.holdingCapacity;
}

export function claimLimitInPool(pool: Pool, membership: PoolMembership | undefined): number | null {
  return membership?.claimLimit ?? pool.policy.claimLimit;
}
