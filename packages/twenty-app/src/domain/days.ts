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

/** An instant in the reader's language and time zone. */
export function sayInstant(instant: string, locale: Locale): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}
