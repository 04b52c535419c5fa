/**
 * What kind of failure it was:
 * - `UNREACHABLE` no connection, or it broke; `TIMEOUT` no answer in time, or the caller gave up waiting
 * - `SERVER` Twenty failed (5xx, INTERNAL_SERVER_ERROR); `RATE_LIMITED` over Twenty's limit, nothing was done
 * - `UNAUTHENTICATED` bad, expired or missing credentials; `FORBIDDEN` the role does not allow it
 * - `REJECTED` Twenty refuses the input, the same call will fail again; `NOT_FOUND` the record is gone
 * - `PROTOCOL` an answer that Twenty should not give
 */
export type TwentyErrorKind =
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'SERVER'
  | 'RATE_LIMITED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'REJECTED'
  | 'NOT_FOUND'
  | 'PROTOCOL';

export interface TwentyErrorDetails {
  kind: TwentyErrorKind;
  /** For people and logs; never holds a token, a secret or a request's variables. */
  message: string;
  /** The work may have been done although no success was reported: read before deciding. False for everything Twenty answered with a refusal. */
  mayHaveHappened: boolean;
  /** Twenty's `extensions.code`, OAuth's `error`, a system error code, or one of ours. */
  code?: string | null;
  subCode?: string | null;
  /** Milliseconds after which another try makes sense, when known. */
  retryAfterMs?: number | null;
}

const RETRYABLE: ReadonlySet<TwentyErrorKind> = new Set(['UNREACHABLE', 'TIMEOUT', 'SERVER', 'RATE_LIMITED']);

/** Every failure of a call to Twenty. */
export class TwentyError extends Error {
  readonly kind: TwentyErrorKind;
  readonly mayHaveHappened: boolean;
  readonly code: string | null;
  readonly subCode: string | null;
  readonly retryAfterMs: number | null;

  constructor(details: TwentyErrorDetails) {
    super(details.message);
    this.name = 'TwentyError';
    this.kind = details.kind;
    this.mayHaveHappened = details.mayHaveHappened;
    this.code = details.code ?? null;
    this.subCode = details.subCode ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }

  /** The same call may succeed later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }
}

export function isTwentyError(error: unknown, kind?: TwentyErrorKind): error is TwentyError {
  return error instanceof TwentyError && (kind === undefined || error.kind === kind);
}
