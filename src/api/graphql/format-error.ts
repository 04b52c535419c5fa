import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { RequestIdReusedError } from '../../changes/ownership.errors';
import { IndexBusyError } from '../../storage/engine-lock';
import { isTwentyError } from '../../twenty/client/twenty-error';
import { ApiError, type ApiErrorCode } from './api-error';

const logger = new Logger('GraphQL');
const retryAfterSeconds = 5;

/** What Apollo finds wrong with a request before any resolver runs. */
const requestFaults = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** The one place where faults become errors of the public API. What was not foreseen is logged and told as INTERNAL, no more. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const error = unwrapResolverError(thrown);
  if (error instanceof ApiError) return formatted;
  const place = {
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
  };
  const { code, message, details } = describe(formatted, error);
  return { ...place, message, extensions: { ...details, code } };
}

function describe(
  formatted: GraphQLFormattedError,
  error: unknown,
): { code: ApiErrorCode; message: string; details?: Record<string, unknown> } {
  if (error instanceof RequestIdReusedError)
    return { code: 'BAD_USER_INPUT', message: error.message, details: { reason: error.code } };
  if (error instanceof IndexBusyError)
    return {
      code: 'UNAVAILABLE',
      message: error.message,
      details: { reason: error.code, retryAfter: retryAfterSeconds },
    };
  if (isTwentyError(error)) {
    logger.warn({ kind: error.kind, code: error.code, message: error.message }, 'A request failed because of Twenty');
    return {
      code: 'UNAVAILABLE',
      message: 'Twenty cannot be reached at the moment. 暂时无法连接 Twenty。',
      details: { reason: `TWENTY_${error.kind}`, retryAfter: retryAfterSeconds },
    };
  }
  if (requestFaults.has(String(formatted.extensions?.['code'])))
    return { code: 'BAD_USER_INPUT', message: formatted.message };
  logger.error({ err: error }, 'A request failed');
  return { code: 'INTERNAL', message: 'Something went wrong. 出现内部错误。' };
}
