import type { DayCounting, WorkingCalendar } from '../calendar/working-calendar';
import type { Hold } from '../idle-clock/clock.types';
import { HoldPeriods } from '../idle-clock/hold-periods';

export interface PeriodRequest {
  /** Local date. */
  today: string;
  /** Counted days. */
  days: number;
  counting: DayCounting;
  calendar: WorkingCalendar;
}

/**
 * The hold of an extension: from today through the day on which as many counted days have been held that nothing else holds.
 * So the reclaim date moves by exactly that many days, also beside a leave or an earlier extension.
 * @param others what else holds this customer's clock
 */
export function extensionPeriod({ today, days, counting, calendar }: PeriodRequest, others: readonly Hold[]): Hold {
  const open = new HoldPeriods(others);
  const first = open.firstOpenDay(today, calendar, counting);
  return { from: today, until: days === 1 ? first : open.deadline(first, days - 2, calendar, counting).on };
}

/** docs/semantics.md#more-time: what `approvalDays` is when the pool does not say. */
const defaultApprovalDays = 3;

/** While a request waits the clock stands still: as everywhere, N days are safe through day X + N. */
export function waitingPeriod(
  today: string,
  approvalDays: number | null,
  counting: DayCounting,
  calendar: WorkingCalendar,
): Hold {
  return { from: today, until: calendar.addDays(today, approvalDays ?? defaultApprovalDays, counting) };
}
