export type CalendarErrorCode =
  | 'UNKNOWN_TIME_ZONE'
  | 'UNKNOWN_COUNTRY'
  | 'INVALID_INSTANT'
  | 'INVALID_DATE'
  | 'INVALID_DAY_COUNT'
  | 'INVALID_WEEKDAYS'
  | 'NO_WORKING_DAY';

/** A calendar setting or a date that cannot be used. Trying again with the same value never helps. */
export class CalendarError extends Error {
  readonly retryable = false;

  constructor(
    readonly code: CalendarErrorCode,
    message: string,
    /** The value that was refused, to be named on the settings page or pool record. */
    readonly value: string,
  ) {
    super(message);
    this.name = 'CalendarError';
  }
}
