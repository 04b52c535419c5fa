/** What other capabilities may do to clocks without asking for them. */
export { type ClockTarget, markClocksStale } from './clock-stale.queries';
/** The working calendar that settings ask for. */
export { calendarOf, calendarSettings } from './calendars';
