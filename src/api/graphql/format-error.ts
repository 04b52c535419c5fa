import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { RequestIdReusedError } from '../../changes/ownership.errors';
import { IndexBusyError } from '../../storage/engine-lock';
import { WorkspaceMismatchError } from '../../sync/workspace-identity.service';
import { DatabaseBusyError } from '../../storage/transaction';
import { isTwentyError } from '../../twenty/client/twenty-error';
import { ApiError } from './api-error';

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

/** PostgreSQL's words for: not now. A lock that was not had, a deadlock, a server that is full, starting or stopping. */
const databaseIsBusy = new Set(['40001', '40P01', '53300', '55P03', '57014', '57P01', '57P02', '57P03']);
const databaseIsAway = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);

/** The one place where faults become errors of the public API. What was not foreseen is logged and told as INTERNAL, no more. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const error = unwrapResolverError(thrown);
  if (error instanceof ApiError) return formatted;
  const place = {
    ...(formatted.path ? { path: formatted.path } : {}),
    ...(formatted.locations ? { locations: formatted.locations } : {}),
  };
  const isOfRequest = requestFaults.has(String(formatted.extensions?.['code']));
  const { message, extensions } =
    foreseen(error) ?? (isOfRequest ? new ApiError('BAD_USER_INPUT', formatted.message) : unforeseen(error));
  const { http: _, ...told } = extensions;
  return { ...place, message, extensions: told };
}

/** Of what is thrown outside GraphQL. */
export function apiErrorOf(error: unknown): ApiError {
  return error instanceof ApiError ? error : (foreseen(error) ?? unforeseen(error));
}

function foreseen(error: unknown): ApiError | null {
  if (error instanceof RequestIdReusedError)
    return new ApiError('BAD_USER_INPUT', error.message, { reason: error.code });
  if (error instanceof IndexBusyError || error instanceof DatabaseBusyError || error instanceof WorkspaceMismatchError)
    return unavailable(error.message, error.code);
  if (isTwentyError(error)) {
    logger.warn({ kind: error.kind, code: error.code, message: error.message }, 'A request failed because of Twenty');
    return unavailable('Twenty cannot be reached at the moment. 暂时无法连接 Twenty。', `TWENTY_${error.kind}`);
  }
  const code = codeOf(error);
  if (code !== null && (databaseIsAway.has(code) || (error instanceof QueryFailedError && databaseIsBusy.has(code)))) {
    logger.warn({ code }, 'A request failed because of the database');
    return unavailable('The engine is busy at the moment. 引擎暂时繁忙。', 'DATABASE');
  }
  return null;
}

function unavailable(message: string, reason: string): ApiError {
  return new ApiError('UNAVAILABLE', message, { reason, retryAfter: retryAfterSeconds });
}

function unforeseen(error: unknown): ApiError {
  logger.error({ err: error }, 'A request failed');
  return new ApiError('INTERNAL', 'Something went wrong. 出现内部错误。');
}

function codeOf(error: unknown): string | null {
  const { code } = (error instanceof QueryFailedError ? error.driverError : error) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
