/** The time that decisions are made at. Leases and technical waits use the database's clock instead. */
export abstract class Clock {
  /** ISO 8601 instant, UTC, milliseconds. */
  abstract now(): string;
}

export class SystemTimeClock extends Clock {
  now(): string {
    return new Date().toISOString();
  }
}
