import type { Locale } from './strings';

const DAY_MS = 86_400_000;

const atMidnight = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Whole days from one local date to another; negative when it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((atMidnight(to) - atMidnight(from)) / DAY_MS);
}

export function addDays(date: string, days: number): string {
  return new Date(atMidnight(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A local date in the reader's language. */
export function sayDate(date: string, locale: Locale): string {
  return new Date(atMidnight(date)).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** A local date without its year. */
export function sayShortDate(date: string, locale: Locale): string {
  return new Date(atMidnight(date)).toLocaleDateString(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

/** An instant in the reader's language and time zone. */
export function sayInstant(instant: string, locale: Locale): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The weekday of a local date, as a date within a week is called. */
export function sayWeekday(date: string, locale: Locale): string {
  return new Date(atMidnight(date)).toLocaleDateString(locale, { weekday: 'long', timeZone: 'UTC' });
}

const MONTH_DAYS = 30;

/** "today", "3 days ago", "2 months ago": an instant as seen from the local date `today`. */
export function sayAgo(instant: string, today: string, locale: Locale): string {
  const passed = daysBetween(new Date(instant).toLocaleDateString('sv-SE'), today);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return passed < 2 * MONTH_DAYS
    ? words.format(-Math.max(0, passed), 'day')
    : words.format(-Math.floor(passed / MONTH_DAYS), 'month');
}
