import { SeededRandom } from '../random';

/** What goes wrong on purpose. Rates are from 0 to 1. */
export interface FaultSettings {
  /** Added to every answer. */
  latencyMs?: number;
  /** Share of requests answered with `statusCode` and nothing done. */
  errorRate?: number;
  /** Default 503. */
  statusCode?: number;
  /** Share of requests that are done but not answered in time. */
  timeoutRate?: number;
  /** When those answers come after all; without it, never. */
  lateMs?: number;
  /** Share of requests that hang and are not done. */
  timeoutBeforeRate?: number;
  /** Share of webhook deliveries that are lost. */
  dropWebhookRate?: number;
  /** Tokens a minute for an application, in place of the sandbox's own limit. */
  rateLimit?: number;
  /** Only requests whose text matches this regular expression. */
  matching?: string;
  /** Only this many matching requests; afterwards requests are well again. */
  count?: number;
}

export type RequestFault =
  | { kind: 'NONE' }
  | { kind: 'ERROR'; statusCode: number }
  | { kind: 'HANG' }
  | { kind: 'DO_AND_HANG'; lateMs: number | undefined };

const NONE: RequestFault = { kind: 'NONE' };

/** Decides, request by request, what goes wrong. */
export class Faults {
  private settings: FaultSettings = {};
  private matching: RegExp | undefined;
  private remaining = Number.POSITIVE_INFINITY;

  constructor(private readonly random: SeededRandom) {}

  /** Replaces all settings: `{}` ends every fault. @throws SyntaxError when `matching` is no regular expression */
  set(settings: FaultSettings): void {
    this.matching = settings.matching === undefined ? undefined : new RegExp(settings.matching);
    this.settings = { ...settings };
    this.remaining = settings.count ?? Number.POSITIVE_INFINITY;
  }

  get(): FaultSettings {
    return { ...this.settings };
  }

  get latencyMs(): number {
    return this.settings.latencyMs ?? 0;
  }

  get rateLimit(): number | undefined {
    return this.settings.rateLimit;
  }

  dropsWebhook(): boolean {
    return this.random.chance(this.settings.dropWebhookRate ?? 0);
  }

  next(requestText: string): RequestFault {
    const { errorRate = 0, timeoutRate = 0, timeoutBeforeRate = 0, statusCode = 503 } = this.settings;
    if (errorRate + timeoutRate + timeoutBeforeRate === 0 || this.remaining <= 0) return NONE;
    if (this.matching && !this.matching.test(requestText)) return NONE;
    this.remaining -= 1;
    if (this.random.chance(errorRate)) return { kind: 'ERROR', statusCode };
    if (this.random.chance(timeoutBeforeRate)) return { kind: 'HANG' };
    return this.random.chance(timeoutRate) ? { kind: 'DO_AND_HANG', lateMs: this.settings.lateMs } : NONE;
  }
}
