import type { WorkingCalendar } from '../calendar/working-calendar';
import type { PoolPolicy } from '../pool/pool-policy';

/** What of a pool's policy decides clean-up; an edit of any of it has its grace. */
export type CleanUpPolicy = Pick<PoolPolicy, 'isActive' | 'dayCounting' | 'staleDays' | 'staleAction' | 'maxReturns'>;

/** Reason codes of what the system archives. */
export const CLEAN_UP_REASONS = ['STALE', 'RETURNED_TOO_OFTEN'] as const;
export type CleanUpReason = (typeof CLEAN_UP_REASONS)[number];

/** When and where days are counted. */
export interface CleanUpMoment {
  /** ISO instant. */
  now: string;
  zone: string;
  calendar: WorkingCalendar;
}

/** A policy in force may be older than these fields of it. */
export function cleanUpPolicy({
  isActive,
  dayCounting,
  staleDays,
  staleAction,
  maxReturns,
}: PoolPolicy): CleanUpPolicy {
  return {
    isActive,
    dayCounting,
    staleDays: staleDays ?? null,
    staleAction: staleAction ?? 'LIST',
    maxReturns: maxReturns ?? null,
  };
}

export function archives({ isActive, staleDays, staleAction, maxReturns }: CleanUpPolicy): boolean {
  return isActive && staleAction === 'ARCHIVE' && (staleDays !== null || maxReturns !== null);
}
