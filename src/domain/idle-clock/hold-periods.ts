import { LAST_DATE, addCalendarDays } from '../calendar/local-days';
import type { DayCounting, WorkingCalendar } from '../calendar/working-calendar';
import type { Hold } from './clock.types';

/**
 * Holds of one customer, merged: a day that two holds cover stands still once. A held day is not counted, just as a
 * holiday is not counted where working days are: that is how "held days are added to the deadline".
 */
export class HoldPeriods {
  private readonly periods: readonly Hold[];

  constructor(holds: readonly Hold[]) {
    this.periods = merge(holds);
  }

  /**
   * The day after the last safe one, for a base on local day `baseOn` and `days` counted days. A hold on the base day
   * itself delays the start; one on the day of return delays the return.
   */
  deadline(
    baseOn: string,
    days: number,
    calendar: WorkingCalendar,
    counting: DayCounting,
  ): { on: string; heldDays: number } {
    let cursor = baseOn;
    let left = days + 1;
    let heldDays = 0;
    for (const hold of this.periods) {
      if (hold.until < baseOn) continue;
      if (hold.from > calendar.addDays(cursor, left, counting)) break;
      if (hold.until >= LAST_DATE) return { on: LAST_DATE, heldDays };
      if (hold.from <= baseOn) left += calendar.countDays(baseOn, baseOn, counting);
      else left -= calendar.countDays(addCalendarDays(cursor, 1), addCalendarDays(hold.from, -1), counting);
      heldDays += calendar.countDays(hold.from > baseOn ? hold.from : baseOn, hold.until, counting);
      cursor = hold.until;
    }
    return { on: calendar.addDays(cursor, left, counting), heldDays };
  }

  /** The first day from a date on which a customer may be returned: a counted day that is not held. */
  firstOpenDay(date: string, calendar: WorkingCalendar, counting: DayCounting): string {
    let day = calendar.firstDayFrom(date, counting);
    for (const hold of this.periods) {
      if (hold.until < day) continue;
      if (hold.from > day) break;
      if (hold.until >= LAST_DATE) return LAST_DATE;
      day = calendar.nextDay(hold.until, counting);
    }
    return day;
  }

  covers(date: string): boolean {
    return this.periods.some((hold) => hold.from <= date && date <= hold.until);
  }
}

function merge(holds: readonly Hold[]): Hold[] {
  const merged: Hold[] = [];
  for (const hold of holds.filter(({ from, until }) => from <= until).toSorted((a, b) => compare(a.from, b.from))) {
    const last = merged.at(-1);
    if (last && hold.from <= last.until) last.until = hold.until > last.until ? hold.until : last.until;
    else merged.push({ ...hold });
  }
  return merged;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
