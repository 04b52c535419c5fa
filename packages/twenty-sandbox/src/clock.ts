/** The sandbox's own time: the machine's clock plus an offset that tests may move. */
export class SandboxClock {
  private offsetMs = 0;

  constructor(private readonly base: () => number = Date.now) {}

  /** Milliseconds since the epoch. */
  now(): number {
    return this.base() + this.offsetMs;
  }

  date(): Date {
    return new Date(this.now());
  }

  /** ISO 8601 with milliseconds, the shape of every timestamp that Twenty answers. */
  iso(): string {
    return this.date().toISOString();
  }

  advance(milliseconds: number): void {
    this.offsetMs += milliseconds;
  }

  set(now: number): void {
    this.offsetMs = now - this.base();
  }
}
