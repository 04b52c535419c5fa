import { Temporal } from 'temporal-polyfill';

import { CalendarError } from './calendar.error';

export type LocalPeriod = 'DAY' | 'WEEK' | 'MONTH';

/** Half-open: an instant belongs to the period when start <= instant < end. Both are UTC ISO instants with milliseconds. */
export interface InstantRange {
  start: string;
  end: string;
}

/**
 * The local date (YYYY-MM-DD) on which an instant falls in a zone.
 * @throws CalendarError INVALID_INSTANT, UNKNOWN_TIME_ZONE
 */
export function localDate(instantIso: string, zone: string): string {
  return zoned(instantIso, zone).toPlainDate().toString();
}

/**
 * The local day, week (Monday first) or calendar month around an instant, as instants. A day has 23 or 25 hours
 * when clocks change, and starts at its first existing moment where midnight is skipped.
 * @throws CalendarError INVALID_INSTANT, UNKNOWN_TIME_ZONE
 */
export function startOfPeriod(instantIso: string, zone: string, period: LocalPeriod): InstantRange {
  const day = zoned(instantIso, zone).toPlainDate();
  const first = firstDayOf(day, period);
  const next = first.add(LENGTH[period]);
  return { start: startOfDay(first, zone), end: startOfDay(next, zone) };
}

/**
 * The first instant of a local date.
 * @throws CalendarError INVALID_DATE, UNKNOWN_TIME_ZONE
 */
export function startOfLocalDate(date: string, zone: string): string {
  return startOfDay(Temporal.PlainDate.from(checkedDate(date)), zone);
}

/**
 * The same wall time a number of local days later (earlier when negative). A wall time that clocks skip moves
 * forward by the gap; one that happens twice is the first of the two.
 * @throws CalendarError INVALID_INSTANT, INVALID_DAY_COUNT, UNKNOWN_TIME_ZONE
 */
export function addLocalDays(instantIso: string, zone: string, days: number): string {
  return format(
    zoned(instantIso, zone)
      .add({ days: wholeDays(days) })
      .toInstant(),
  );
}

/** Dates are compared as texts, so none has a fifth digit in its year. */
export const LAST_DATE = '9999-12-31';

/**
 * A date a number of calendar days later (earlier when negative), LAST_DATE at most.
 * @throws CalendarError INVALID_DATE, INVALID_DAY_COUNT
 */
export function addCalendarDays(date: string, days: number): string {
  const later = dayNumber(date) + wholeDays(days);
  return later >= LAST_DAY_NUMBER ? LAST_DATE : new Date(later * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Calendar days from one date to another: negative when `to` is before `from`.
 * @throws CalendarError INVALID_DATE
 */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * ISO weekday of a date: Monday is 1, Sunday is 7.
 * @throws CalendarError INVALID_DATE
 */
export function weekdayOf(date: string): number {
  // Day 0, 1 January 1970, was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Whether a name is in the runtime's time zone database; for checking a setting before it is used. */
export function isTimeZone(zone: string): boolean {
  try {
    zoned('1970-01-01T00:00:00Z', zone);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is a date that exists, written YYYY-MM-DD. */
export function isLocalDate(date: string): boolean {
  try {
    checkedDate(date);
    return true;
  } catch {
    return false;
  }
}

/**
 * An instant of an outside text, in UTC with milliseconds; null for what is none. Of what ISO 8601 allows (a date, a time and an
 * offset or Z), it takes what JavaScript, PostgreSQL and Twenty all read: years from 1 to 9999, no leap seconds.
 */
export function utcInstant(text: string): string | null {
  if (!INSTANT.test(text)) return null;
  try {
    parseInstant(text);
    const instant = new Date(text).toISOString();
    return FOUR_DIGIT_YEAR.test(instant) ? instant : null;
  } catch {
    return null;
  }
}

const LENGTH = { DAY: { days: 1 }, WEEK: { days: 7 }, MONTH: { months: 1 } } as const;
// Temporal also takes offsets ("+08:00") and whole date-times as zones; a workspace setting is a name.
const ZONE_NAME = /^[A-Za-z][\w+\-/]*$/;
const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** PostgreSQL knows no year 0. */
const FOUR_DIGIT_YEAR = /^(?!0000)\d{4}-/;
const DAY_MS = 86_400_000;
const LAST_DAY_NUMBER = Date.parse(LAST_DATE) / DAY_MS;

function firstDayOf(day: Temporal.PlainDate, period: LocalPeriod): Temporal.PlainDate {
  switch (period) {
    case 'DAY':
      return day;
    case 'WEEK':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'MONTH':
      return day.with({ day: 1 });
  }
}

function zoned(instantIso: string, zone: string): Temporal.ZonedDateTime {
  const instant = parseInstant(instantIso);
  if (!ZONE_NAME.test(zone)) throw unknownZone(zone);
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    throw unknownZone(zone);
  }
}

function parseInstant(instantIso: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(instantIso);
  } catch {
    throw new CalendarError('INVALID_INSTANT', `"${instantIso}" is not an ISO 8601 instant`, instantIso);
  }
}

/** Days since 1970. Plain dates are counted as numbers, because a sweep does so for every customer. */
function dayNumber(date: string): number {
  return Date.parse(checkedDate(date)) / DAY_MS;
}

function checkedDate(date: string): string {
  // 30 February is parsed as a day of March, so what does not come back the same is no date.
  const time = LOCAL_DATE.test(date) && FOUR_DIGIT_YEAR.test(date) ? Date.parse(date) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return date;
  throw new CalendarError('INVALID_DATE', `"${date}" is not a date written YYYY-MM-DD`, date);
}

function startOfDay(date: Temporal.PlainDate, zone: string): string {
  if (!ZONE_NAME.test(zone)) throw unknownZone(zone);
  try {
    return format(date.toZonedDateTime(zone).toInstant());
  } catch {
    throw unknownZone(zone);
  }
}

function wholeDays(days: number): number {
  if (Number.isSafeInteger(days)) return days;
  throw new CalendarError('INVALID_DAY_COUNT', `${days} is not a whole number of days`, String(days));
}

function unknownZone(zone: string): CalendarError {
  return new CalendarError('UNKNOWN_TIME_ZONE', `"${zone}" is not a known time zone`, zone);
}

// The shape of Date.prototype.toISOString and of Twenty's DATE_TIME, so that texts compare as instants do.
function format(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
