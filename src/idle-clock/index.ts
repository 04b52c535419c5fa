/** What other rooms may do to clocks without asking for them. */
export {
  type ClockMark,
  type ClockTarget,
  isMarked,
  markClocksStale,
  markCustomers,
  markedAmong,
  markSelected,
  unmark,
} from './clock-marks.queries';
/** The working calendar that settings ask for. */
export { calendarOf, calendarSettings } from './calendars';
