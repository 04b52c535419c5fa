import type { Clock } from '../../config/clock';

/** Time as the rate budget and the token cache see it; tests bring their own. */
export abstract class TwentyClock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
  /** Calls back once after `ms`; the result cancels it. */
  abstract after(ms: number, callback: () => void): () => void;
}

/** The engine's own time: when a demonstration moves it, tokens of the sandbox end and its limits refill. Waits are real. */
export class EngineTime extends TwentyClock {
  constructor(private readonly clock: Clock) {
    super();
  }

  now(): number {
    return Date.parse(this.clock.now());
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  }
}
