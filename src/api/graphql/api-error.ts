import { GraphQLError } from 'graphql';

export type ApiErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

const httpStatus: Record<ApiErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 200,
  BAD_USER_INPUT: 200,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** A fault with a code of the public API. The message is safe to show. */
export class ApiError extends GraphQLError {
  readonly status: number;

  /** @param details further extensions, such as `retryAfter` in seconds, which is the header Retry-After too */
  constructor(code: ApiErrorCode, message: string, details: Record<string, unknown> = {}) {
    const status = httpStatus[code];
    const { retryAfter } = details;
    const headers = new Map(typeof retryAfter === 'number' ? [['retry-after', String(retryAfter)]] : []);
    super(message, { extensions: { ...details, code, http: { status, headers } } });
    this.status = status;
  }
}
