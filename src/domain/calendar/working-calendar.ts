import { LRUCache } from 'lru-cache';

import { CalendarError } from './calendar.error';
import { LAST_KNOWN_YEAR, countryYear, knownCountry } from './country-holidays';
import { addCalendarDays, daysBetween, isLocalDate, weekdayOf } from './local-days';

export type DayCounting = 'CALENDAR' | 'WORKING';

/** Answers in local dates (YYYY-MM-DD). "Counted" days are all days, or working days, as `counting` says. */
export interface WorkingCalendar {
  isWorkingDay(date: string): boolean;
  /** The n-th counted day after a date, which itself need not be one; the date itself when n is 0. */
  addDays(date: string, n: number, counting: DayCounting): string;
  /** The first counted day after a date. */
  nextDay(date: string, counting: DayCounting): string;
  /** The date itself if it is counted, else the first counted day after it. */
  firstDayFrom(date: string, counting: DayCounting): string;
  /** How many counted days lie between two dates, both included; 0 when `until` is before `from`. */
  countDays(from: string, until: string, counting: DayCounting): number;
}

export interface WorkingCalendarSettings {
  /** ISO weekdays that are worked, Monday is 1 and Sunday is 7. */
  weekdays: readonly number[];
  /** ISO 3166-1, with state and region where holidays differ ("CN", "DE-BY"); none: no public holidays. */
  country?: string | null;
  extraHolidays: readonly string[];
  /** Worked although they are weekends or public holidays. A date that is also an extra holiday is not worked. */
  extraWorkdays: readonly string[];
}

/**
 * The calendar of docs/semantics.md#day-counting: weekdays, public holidays by country with China's make-up working days,
 * extra holidays and extra working days.
 * @throws CalendarError INVALID_WEEKDAYS, NO_WORKING_DAY, UNKNOWN_COUNTRY, INVALID_DATE
 */
export function createWorkingCalendar(settings: WorkingCalendarSettings): WorkingCalendar {
  return new ListedWorkingCalendar(settings);
}

const yearDays = new LRUCache<number, readonly (readonly [day: string, weekday: number])[]>({ max: 128 });

class ListedWorkingCalendar implements WorkingCalendar {
  private readonly weekdays: ReadonlySet<number>;
  private readonly country: string | null;
  private readonly extraHolidays: ReadonlySet<string>;
  private readonly extraWorkdays: ReadonlySet<string>;
  /** Working days of a year in order: counting is a search in them, however many days are asked for. */
  private readonly lists = new Map<number, readonly string[]>();

  constructor(settings: WorkingCalendarSettings) {
    this.weekdays = checkedWeekdays(settings.weekdays);
    this.country = settings.country ? knownCountry(settings.country) : null;
    this.extraHolidays = checkedDates(settings.extraHolidays);
    this.extraWorkdays = checkedDates(settings.extraWorkdays);
  }

  isWorkingDay(date: string): boolean {
    return this.isWorked(date, weekdayOf(date));
  }

  addDays(date: string, n: number, counting: DayCounting): string {
    if (!Number.isSafeInteger(n) || n < 0) {
      throw new CalendarError('INVALID_DAY_COUNT', `${n} is not a whole number of days from 0`, String(n));
    }
    if (counting === 'CALENDAR' || n === 0) return addCalendarDays(date, n);
    let year = yearOf(date);
    let index = firstAfter(this.workingDays(year), date) + n - 1;
    for (;;) {
      // No working calendar is known that far out, so the rest is counted in plain days.
      if (year > LAST_KNOWN_YEAR) return addCalendarDays(later(date, `${year - 1}-12-31`), index + 1);
      const found = this.workingDays(year)[index];
      if (found !== undefined) return found;
      index -= this.workingDays(year).length;
      year += 1;
    }
  }

  nextDay(date: string, counting: DayCounting): string {
    return this.addDays(date, 1, counting);
  }

  firstDayFrom(date: string, counting: DayCounting): string {
    if (counting === 'CALENDAR' || yearOf(date) > LAST_KNOWN_YEAR) return date;
    return this.isWorkingDay(date) ? date : this.nextDay(date, counting);
  }

  countDays(from: string, until: string, counting: DayCounting): number {
    if (until < from) return 0;
    if (counting === 'CALENDAR') return daysBetween(from, until) + 1;
    let count = 0;
    for (let year = yearOf(from); year <= Math.min(yearOf(until), LAST_KNOWN_YEAR); year += 1) {
      const list = this.workingDays(year);
      count += firstAfter(list, until) - firstFrom(list, from);
    }
    const beyond = later(from, `${LAST_KNOWN_YEAR + 1}-01-01`);
    return until < beyond ? count : count + daysBetween(beyond, until) + 1;
  }

  private isWorked(date: string, weekday: number): boolean {
    // The workspace's own lists win over the country; of the two, the one that makes nobody due sooner.
    if (this.extraHolidays.has(date)) return false;
    if (this.extraWorkdays.has(date)) return true;
    const year = this.country === null ? null : countryYear(this.country, yearOf(date));
    if (year?.makeUpWorkdays.has(date)) return true;
    return this.weekdays.has(weekday) && !year?.holidays.has(date);
  }

  private workingDays(year: number): readonly string[] {
    const known = this.lists.get(year);
    if (known) return known;
    const list =
      year > LAST_KNOWN_YEAR
        ? []
        : daysOf(year)
            .filter(([day, weekday]) => this.isWorked(day, weekday))
            .map(([day]) => day);
    this.lists.set(year, list);
    return list;
  }
}

/** The days of a year with their weekdays; the same for every calendar. */
function daysOf(year: number): readonly (readonly [day: string, weekday: number])[] {
  const known = yearDays.get(year);
  if (known) return known;
  const first = `${String(year).padStart(4, '0')}-01-01`;
  const weekday = weekdayOf(first);
  const length = daysBetween(first, `${String(year + 1).padStart(4, '0')}-01-01`);
  const days = Array.from(
    { length },
    (_, index) => [addCalendarDays(first, index), ((weekday - 1 + index) % 7) + 1] as const,
  );
  yearDays.set(year, days);
  return days;
}

function checkedWeekdays(weekdays: readonly number[]): ReadonlySet<number> {
  const set = new Set(weekdays);
  if (set.size === 0)
    throw new CalendarError('NO_WORKING_DAY', 'A working calendar needs a weekday that is worked', '');
  for (const weekday of set) {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) {
      throw new CalendarError(
        'INVALID_WEEKDAYS',
        `${weekday} is not a weekday from 1 (Monday) to 7 (Sunday)`,
        String(weekday),
      );
    }
  }
  return set;
}

function checkedDates(dates: readonly string[]): ReadonlySet<string> {
  const wrong = dates.find((date) => !isLocalDate(date));
  if (wrong !== undefined)
    throw new CalendarError('INVALID_DATE', `"${wrong}" is not a date written YYYY-MM-DD`, wrong);
  return new Set(dates);
}

/** Index of the first entry after a date in a sorted list; its length when there is none. */
function firstAfter(list: readonly string[], date: string): number {
  return partition(list, (entry) => entry <= date);
}

/** Index of the first entry on or after a date. */
function firstFrom(list: readonly string[], date: string): number {
  return partition(list, (entry) => entry < date);
}

function partition(list: readonly string[], isBefore: (entry: string) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
