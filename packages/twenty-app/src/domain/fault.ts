import { say, type Locale } from './strings';

export type FaultCode =
  | 'NOT_SET_UP'
  | 'SESSION_EXPIRED'
  | 'TIMEOUT'
  | 'NO_ANSWER'
  | 'UNREACHABLE'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'BAD_REQUEST'
  | 'INTERNAL';

/**
 * The engine could not be asked, or would not answer. Refusals of single customers are results, not faults. TIMEOUT: a command whose
 * answer is outstanding and that may yet take effect; NO_ANSWER: a question that was not answered.
 */
export class EngineFault extends Error {
  constructor(
    readonly code: FaultCode,
    /** RATE_LIMITED only. */
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
    this.name = 'EngineFault';
  }
}

const DEFAULT_WAIT_SECONDS = 10;

/** After these it is not known whether the command was done. */
const LEAVES_OPEN: ReadonlySet<FaultCode> = new Set(['TIMEOUT', 'UNREACHABLE', 'UNAVAILABLE', 'INTERNAL']);

/** Whether a command that failed so may have been done, or may yet be. */
export const leavesOpen = (error: unknown): boolean => !(error instanceof EngineFault) || LEAVES_OPEN.has(error.code);

/** The fault in plain words; anything unexpected is an INTERNAL one. */
export function explainFault(error: unknown, locale: Locale): string {
  if (!(error instanceof EngineFault)) return say(locale, 'INTERNAL');
  return say(locale, error.code, { seconds: error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS });
}

/** A GraphQL error of the engine by its `extensions.code`. */
export function toFault(code: unknown, retryAfter: unknown): EngineFault {
  switch (code) {
    case 'UNAUTHENTICATED':
      return new EngineFault('SESSION_EXPIRED');
    case 'FORBIDDEN':
      return new EngineFault('FORBIDDEN');
    case 'RATE_LIMITED':
      return new EngineFault(
        'RATE_LIMITED',
        typeof retryAfter === 'number' ? Math.max(1, Math.ceil(retryAfter)) : undefined,
      );
    case 'UNAVAILABLE':
      return new EngineFault('UNAVAILABLE');
    case 'BAD_USER_INPUT':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'GRAPHQL_PARSE_FAILED':
      return new EngineFault('BAD_REQUEST');
    default:
      return new EngineFault('INTERNAL');
  }
}
