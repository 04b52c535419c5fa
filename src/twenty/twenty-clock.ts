/** Time as the rate budget and the token cache see it; tests bring their own. */
export abstract class TwentyClock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
  /** Calls back once after `ms`; the result cancels it. */
  abstract after(ms: number, callback: () => void): () => void;
}

export class SystemClock extends TwentyClock {
  now(): number {
    return Date.now();
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  }
}
