import { bounded, longest } from '../../domain/text/bounded-text';
import { TwentyError, type TwentyErrorKind } from './twenty-error';
import type { HttpAnswer } from './twenty-transport';

interface GraphqlError {
  message?: unknown;
  extensions?: { code?: unknown; subCode?: unknown };
}

const LONGEST_MESSAGE = 300;
const KIND_OF_CODE: Readonly<Record<string, TwentyErrorKind>> = {
  NOT_FOUND: 'NOT_FOUND',
  BAD_USER_INPUT: 'REJECTED',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  INTERNAL_SERVER_ERROR: 'SERVER',
  TIMEOUT: 'SERVER',
};

/**
 * The `data` of a GraphQL answer. Twenty reports nearly every failure with status 200 and `errors`; data beside errors is a failure too.
 * @throws TwentyError of every kind but UNREACHABLE and TIMEOUT
 */
export function graphqlData(answer: HttpAnswer): Record<string, unknown> {
  const body = parseObject(answer.text);
  const errors = body?.['errors'];
  if (Array.isArray(errors) && errors.length > 0) throw graphqlError(errors as GraphqlError[], body?.['data'], answer);
  const data = body?.['data'];
  if (answer.status === 200 && isObject(data)) return data;
  throw httpError(answer, null);
}

/**
 * The JSON object of an answer that is not GraphQL.
 * @throws TwentyError; `code` is the body's `error`, as OAuth and REST name it
 */
export function jsonBody(answer: HttpAnswer): Record<string, unknown> {
  const body = parseObject(answer.text);
  if (answer.status >= 200 && answer.status < 300 && body) return body;
  throw httpError(answer, body);
}

function graphqlError(errors: GraphqlError[], data: unknown, answer: HttpAnswer): TwentyError {
  const [first] = errors;
  const message = typeof first?.message === 'string' ? first.message : 'no message';
  const code = textOf(first?.extensions?.code);
  const subCode = textOf(first?.extensions?.subCode);
  const kind = kindOf(code, subCode, message, answer.status);
  const somethingDone = isObject(data) && Object.values(data).some((value) => value !== null);
  return new TwentyError({
    kind,
    code,
    subCode,
    message: `Twenty answered ${code ?? 'an error'}: ${safe(message)}`,
    mayHaveHappened: kind === 'SERVER' || somethingDone,
    retryAfterMs: answer.retryAfterMs,
  });
}

function kindOf(code: string | null, subCode: string | null, message: string, status: number): TwentyErrorKind {
  if (subCode === 'LIMIT_REACHED' || status === 429) return 'RATE_LIMITED';
  if (subCode?.includes('TIMEOUT')) return 'SERVER';
  // The metadata API reports a missing permission as an internal error.
  if (code === 'INTERNAL_SERVER_ERROR' && message.includes('does not have permission')) return 'FORBIDDEN';
  if (code !== null && code in KIND_OF_CODE) return KIND_OF_CODE[code] ?? 'PROTOCOL';
  if (status >= 500) return 'SERVER';
  // A variable of the wrong shape (a routing filter, say) is refused without a code.
  if (message.startsWith('Variable "$')) return 'REJECTED';
  return 'PROTOCOL';
}

function httpError(answer: HttpAnswer, body: Record<string, unknown> | null): TwentyError {
  const { status } = answer;
  const kind: TwentyErrorKind =
    status >= 500
      ? 'SERVER'
      : status === 429
        ? 'RATE_LIMITED'
        : status === 401
          ? 'UNAUTHENTICATED'
          : status === 403
            ? 'FORBIDDEN'
            : 'PROTOCOL';
  return new TwentyError({
    kind,
    code: textOf(body?.['error']) ?? `HTTP_${status}`,
    message: `Twenty answered HTTP ${status}${kind === 'PROTOCOL' ? ', which is not what its API gives' : ''}`,
    mayHaveHappened: status >= 500 || (status >= 200 && status < 300),
    retryAfterMs: answer.retryAfterMs,
  });
}

/** Twenty repeats input in its messages; that may be a token or a webhook's secret. */
function safe(message: string): string {
  const told = bounded(message, longest.message)
    .replace(/got invalid value .*?(?=;|$)/s, 'got an invalid value')
    .replace(/eyJ[\w.-]*/g, '[token]');
  return bounded(told, LONGEST_MESSAGE);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
