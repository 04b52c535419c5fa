import { TwentyClock } from './twenty-clock';
import { TwentyError } from './twenty-error';
import type { Priority } from '../records/twenty.types';

export interface RateBudgetOptions {
  /** Tokens a minute, and the most that can be saved up. */
  perMinute: number;
  /** Tokens that background calls leave for interactive ones; a fifth of the budget when absent. */
  reserve?: number;
}

interface Waiter {
  cost: number;
  grant: () => void;
}

const MINUTE_MS = 60_000;
/** After LIMIT_REACHED: other users of the same limit exist, so start carefully. */
const BACK_OFF_MS = 2_000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * A token bucket of the shape Twenty uses, so that the limit is met here and not there. One token is one root field.
 * Interactive waiters go first; background ones also leave a reserve untouched, so that a claim never queues behind a sweep.
 */
export class RateBudget {
  private readonly capacity: number;
  private readonly reserve: number;
  private tokens: number;
  private filledAt: number;
  private closedUntil = 0;
  private refusals = 0;
  private wake: (() => void) | null = null;
  private readonly waiting: Record<Priority, Waiter[]> = { interactive: [], background: [] };

  constructor(
    options: RateBudgetOptions,
    private readonly clock: TwentyClock,
  ) {
    this.capacity = options.perMinute;
    this.reserve = Math.min(options.reserve ?? Math.floor(options.perMinute / 5), options.perMinute - 1);
    this.tokens = this.capacity;
    this.filledAt = clock.now();
  }

  /**
   * Resolves when `cost` tokens were taken.
   * @throws TwentyError TIMEOUT (nothing was sent) when the signal aborts first
   */
  take(cost: number, priority: Priority, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(gaveUpWaiting());
    return new Promise((resolve, reject) => {
      const queue = this.waiting[priority];
      const onAbort = (): void => {
        const at = queue.indexOf(waiter);
        if (at >= 0) queue.splice(at, 1);
        reject(gaveUpWaiting());
        this.serve();
      };
      const waiter: Waiter = {
        cost: Math.min(cost, this.capacity - (priority === 'background' ? this.reserve : 0)),
        grant: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiter);
      this.serve();
    });
  }

  /** Twenty refused for its limit: somebody else used it too. Empties the bucket and waits, longer each time in a row. */
  limitReached(retryAfterMs?: number | null): number {
    this.refill();
    this.tokens = 0;
    const wait = retryAfterMs ?? Math.min(BACK_OFF_MS * 2 ** this.refusals, LONGEST_BACK_OFF_MS);
    this.refusals += 1;
    this.closedUntil = Math.max(this.closedUntil, this.clock.now() + wait);
    this.serve();
    return this.closedUntil - this.clock.now();
  }

  succeeded(): void {
    this.refusals = 0;
  }

  private serve(): void {
    this.wake?.();
    this.wake = null;
    this.refill();
    for (;;) {
      const priority: Priority = this.waiting.interactive.length > 0 ? 'interactive' : 'background';
      const waiter = this.waiting[priority][0];
      if (!waiter) return;
      const wait = this.msUntil(waiter.cost + (priority === 'background' ? this.reserve : 0));
      if (wait > 0) {
        this.wake = this.clock.after(wait, () => this.serve());
        return;
      }
      this.tokens -= waiter.cost;
      this.waiting[priority].shift();
      waiter.grant();
    }
  }

  private msUntil(needed: number): number {
    const closed = this.closedUntil - this.clock.now();
    const missing = needed - this.tokens;
    return Math.max(closed, missing > 0 ? Math.ceil((missing / this.capacity) * MINUTE_MS) : 0);
  }

  private refill(): void {
    const now = this.clock.now();
    this.tokens = Math.min(this.capacity, this.tokens + ((now - this.filledAt) / MINUTE_MS) * this.capacity);
    this.filledAt = now;
  }
}

function gaveUpWaiting(): TwentyError {
  return new TwentyError({
    kind: 'TIMEOUT',
    code: 'ABORTED',
    message: 'Gave up while waiting for the rate limit of Twenty; nothing was sent',
    mayHaveHappened: false,
  });
}
