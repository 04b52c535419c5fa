import { type CustomerRef, customerKey } from '../customer/customer';
import type { ActivityKind } from '../idle-clock/clock.types';
import type { PoolPolicy } from '../pool/pool-policy';

/** What a member did about a pooled customer, in a pool where that may claim it. Instants are ISO 8601. */
export interface ActivityOnPooled extends CustomerRef {
  kind: ActivityKind;
  /** Tells it apart from others of its kind. */
  sourceId: string;
  at: string;
  memberId: string;
  pooledSince: string | null;
  /** When somebody last got or lost the customer. */
  ownerChangedAt: string | null;
  /** Since when the engine has seen that activities claim in this pool. */
  claimsSince: string;
  /** It has had its answer. */
  isConsidered: boolean;
  /** Twenty has not confirmed the last decision about the customer yet. */
  isInFlight: boolean;
}

export interface ClaimingRules {
  /** The workspace's qualifying activities. */
  qualifying: readonly string[];
  /** ISO instant. */
  now: string;
}

/** Of what is heard of later than this after it was done, nobody expects a claim any more. Answers are kept longer, so none is given twice. */
export const claimsWithinDays = 3;

/** docs/semantics.md#claim-on-activity: does working on a customer of this pool claim it? */
export function claimsOnActivity({ isActive, claimOnActivity }: PoolPolicy): boolean {
  return isActive && claimOnActivity;
}

/**
 * docs/semantics.md#claim-on-activity: a qualifying activity by a member claims the customer, if it was done while
 * nobody owned it and after the setting was seen turned on. A mail that came in is nobody's doing, though it may move a
 * clock.
 */
export function isClaiming(activity: ActivityOnPooled, { qualifying, now }: ClaimingRules): boolean {
  const { kind, at, pooledSince, ownerChangedAt, claimsSince } = activity;
  if (kind === 'EMAIL_RECEIVED' || !qualifying.includes(kind)) return false;
  const isAfterAll = [claimsSince, pooledSince, ownerChangedAt].every((instant) => instant === null || at >= instant);
  return isAfterAll && at <= now && at > daysBefore(now, claimsWithinDays);
}

/**
 * Who is asked in turn, customer by customer: the earliest activity by a member who may claim wins. Customers come in the
 * order in which they were worked on, so limits are used up in that order.
 */
export function turnsToClaim<Activity extends ActivityOnPooled>(
  activities: readonly Activity[],
  rules: ClaimingRules,
): Activity[][] {
  const open = activities.filter(
    (activity) => !activity.isConsidered && !activity.isInFlight && isClaiming(activity, rules),
  );
  const turns = new Map<string, Activity[]>();
  for (const activity of open.sort(inOrder)) {
    const key = customerKey(activity);
    turns.set(key, [...(turns.get(key) ?? []), activity]);
  }
  return [...turns.values()];
}

function inOrder(a: ActivityOnPooled, b: ActivityOnPooled): number {
  return keyOf(a).localeCompare(keyOf(b));
}

function keyOf(activity: ActivityOnPooled): string {
  return [activity.at, activity.kind, activity.sourceId, customerKey(activity)].join(' ');
}

function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}
