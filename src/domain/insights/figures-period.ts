import { addCalendarDays, localDate, startOfLocalDate } from '../calendar/local-days';

export interface FiguresPeriod {
  /** Local dates, the first first. */
  days: string[];
  /** Where each day begins, and where the last one ends: one more than there are days. ISO instants. */
  bounds: string[];
}

/**
 * The last local days up to the one that `now` falls on. A day is as long as it is where people are: 23 or 25 hours when clocks change.
 * @throws CalendarError INVALID_INSTANT, UNKNOWN_TIME_ZONE
 */
export function figuresPeriod(now: string, zone: string, days: number): FiguresPeriod {
  const today = localDate(now, zone);
  const dates = Array.from({ length: days + 1 }, (_, index) => addCalendarDays(today, index + 1 - days));
  return { days: dates.slice(0, -1), bounds: dates.map((date) => startOfLocalDate(date, zone)) };
}
