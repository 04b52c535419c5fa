import type { SandboxClock } from '../clock';
import { limitReached } from '../errors';

const WINDOW_MS = 60_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each key, filled evenly over a minute of the sandbox's time: a day that is skipped fills it. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: SandboxClock) {}

  /** @param perMinute tokens a minute; 0 means no limit. @throws TwentyError LIMIT_REACHED */
  spend(key: string, perMinute: number): void {
    if (perMinute <= 0) return;
    const now = this.clock.now();
    const bucket = this.buckets.get(key) ?? { tokens: perMinute, at: now };
    bucket.tokens = Math.min(perMinute, bucket.tokens + (Math.max(0, now - bucket.at) / WINDOW_MS) * perMinute);
    bucket.at = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) throw limitReached(perMinute, WINDOW_MS);
    bucket.tokens -= 1;
  }
}
