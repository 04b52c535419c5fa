import { addCalendarDays, localDate } from '../calendar/local-days';
import type { CleanUpMoment, CleanUpPolicy, CleanUpReason } from './clean-up.types';

/** A pooled customer. Instants are ISO 8601. */
export interface CleanUpCandidate {
  pooledSince: string | null;
  /** When it was last brought back from the archive, restored or by an undo; null: never. */
  broughtBackAt: string | null;
  /** How often it has come back from an owner since then. */
  returns: number;
  isLocked: boolean;
  protectedUntil: string | null;
  /** Local date. */
  quietUntil: string | null;
}

export interface CleanUpDecision {
  reason: CleanUpReason;
  /** For the history: what was counted, and the pool's number for it. */
  facts: { pooledSince: string; broughtBackAt?: string; days?: number; returns?: number; limit: number };
}

/**
 * docs/semantics.md#clean-up: pooled for more than `staleDays` without being claimed, or come back `maxReturns` times.
 * Days are counted as the idle clock counts them, and the day on which a customer came in is always safe: so what
 * decides is the local day alone. What is locked, protected or kept quiet is left alone. Where the text leaves room,
 * see docs/decisions/clean-up.md.
 * @returns null when there is nothing to clean up
 */
export function decideCleanUp(
  candidate: CleanUpCandidate,
  policy: CleanUpPolicy,
  moment: CleanUpMoment,
): CleanUpDecision | null {
  const { pooledSince, broughtBackAt, returns } = candidate;
  const { isActive, staleDays, maxReturns, dayCounting } = policy;
  const { calendar, zone, now } = moment;
  if (!isActive || pooledSince === null || isKept(candidate, moment)) return null;
  const today = localDate(now, zone);
  const passed = (since: string, days: number) =>
    calendar.addDays(localDate(since, zone), days + 1, dayCounting) <= today;

  const waitsSince = broughtBackAt !== null && broughtBackAt > pooledSince ? broughtBackAt : pooledSince;
  if (staleDays !== null && passed(waitsSince, staleDays)) {
    const days = calendar.countDays(addCalendarDays(localDate(waitsSince, zone), 1), today, dayCounting);
    return {
      reason: 'STALE',
      facts: {
        pooledSince,
        ...(waitsSince === pooledSince ? {} : { broughtBackAt: waitsSince }),
        days,
        limit: staleDays,
      },
    };
  }
  if (maxReturns !== null && returns >= maxReturns && passed(pooledSince, 0)) {
    return { reason: 'RETURNED_TOO_OFTEN', facts: { pooledSince, returns, limit: maxReturns } };
  }
  return null;
}

/** Managers have said of it that it is to stay. */
function isKept({ isLocked, protectedUntil, quietUntil }: CleanUpCandidate, { now, zone }: CleanUpMoment): boolean {
  const today = localDate(now, zone);
  return (
    isLocked ||
    (protectedUntil !== null && localDate(protectedUntil, zone) > today) ||
    (quietUntil !== null && quietUntil > today)
  );
}
