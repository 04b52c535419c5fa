import { addCalendarDays, localDate, startOfLocalDate } from '../calendar/local-days';
import type { DayCounting, WorkingCalendar } from '../calendar/working-calendar';
import type { CleanUpMoment, CleanUpPolicy } from './clean-up.types';

/** What `decideCleanUp` asks of the customers of one pool, as values that a query compares with. Null: off. */
export interface CleanUpBounds {
  poolId: string;
  /** Instant: what has waited since before it is stale. */
  staleBefore: string | null;
  maxReturns: number | null;
  /** Instant: what came back before it may be asked how often. */
  returnedBefore: string | null;
  /** Local date, and the instant at which it ends. */
  today: string;
  tomorrow: string;
}

export function cleanUpBounds(
  poolId: string,
  { isActive, staleDays, maxReturns, dayCounting }: CleanUpPolicy,
  { now, zone, calendar }: CleanUpMoment,
): CleanUpBounds {
  const today = localDate(now, zone);
  const before = (days: number) =>
    startOfLocalDate(addCalendarDays(lastBase(today, days, calendar, dayCounting), 1), zone);
  return {
    poolId,
    staleBefore: isActive && staleDays !== null ? before(staleDays) : null,
    maxReturns: isActive ? maxReturns : null,
    returnedBefore: isActive && maxReturns !== null ? before(0) : null,
    today,
    tomorrow: startOfLocalDate(addCalendarDays(today, 1), zone),
  };
}

/** The last local day from which that many days, and the one after them, have passed by today. */
function lastBase(today: string, days: number, calendar: WorkingCalendar, counting: DayCounting): string {
  for (let base = addCalendarDays(today, -days - 1); ;) {
    const missing = days + 1 - calendar.countDays(addCalendarDays(base, 1), today, counting);
    if (missing <= 0) return base;
    base = addCalendarDays(base, -missing);
  }
}
