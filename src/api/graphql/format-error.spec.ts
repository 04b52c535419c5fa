import { Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { RequestIdReusedError } from '../../changes/ownership.errors';
import { IndexBusyError } from '../../storage/engine-lock';
import { DatabaseBusyError } from '../../storage/transaction';
import { TwentyError, type TwentyErrorKind } from '../../twenty/client/twenty-error';
import { ApiError } from './api-error';
import { formatError } from './format-error';

/** As Apollo hands over what a resolver has thrown. */
function thrown(error: Error): GraphQLFormattedError {
  const wrapped = new GraphQLError(error.message, { originalError: error, path: ['claim'] });
  return formatError(
    {
      message: wrapped.message,
      path: ['claim'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at secret.ts'] },
    },
    wrapped,
  );
}

const databaseError = (code: string): Error => Object.assign(new Error('no'), { code });

const kinds: TwentyErrorKind[] = [
  'UNREACHABLE',
  'TIMEOUT',
  'SERVER',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'REJECTED',
  'NOT_FOUND',
  'PROTOCOL',
];

describe('errors of the public API', () => {
  let logged: jest.SpyInstance;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });
  afterEach(() => jest.restoreAllMocks());

  it('should pass on what the API itself says', () => {
    const error = new ApiError('RATE_LIMITED', 'Too many requests', { retryAfter: 3 });
    expect(formatError(error.toJSON(), error)).toMatchObject({
      message: 'Too many requests',
      extensions: { code: 'RATE_LIMITED', retryAfter: 3 },
    });
  });

  it('should tell of a request id that was used for something else', () => {
    expect(thrown(new RequestIdReusedError())).toMatchObject({
      path: ['claim'],
      extensions: { code: 'BAD_USER_INPUT', reason: 'REQUEST_ID_REUSED' },
    });
  });

  it('should ask to come back while the index is being read', () => {
    expect(thrown(new IndexBusyError()).extensions).toEqual({
      code: 'UNAVAILABLE',
      reason: 'INDEX_BUSY',
      retryAfter: 5,
    });
  });

  it('should ask to come back when the database is kept busy', () => {
    const { message, extensions } = thrown(new DatabaseBusyError({ cause: new Error('canceling statement') }));
    expect(extensions).toEqual({ code: 'UNAVAILABLE', reason: 'DATABASE_BUSY', retryAfter: 5 });
    expect(message).not.toContain('canceling');
  });

  it.each(kinds)('should tell that Twenty cannot be reached, and no more, when it fails with %s', (kind) => {
    const { message, extensions } = thrown(
      new TwentyError({ kind, message: 'POST https://crm.internal/graphql said no', mayHaveHappened: true }),
    );
    expect(extensions).toEqual({ code: 'UNAVAILABLE', reason: `TWENTY_${kind}`, retryAfter: 5 });
    expect(message).not.toContain('crm.internal');
  });

  it.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])(
    'should call %s bad input',
    (code) => {
      expect(formatError({ message: 'Syntax Error', extensions: { code } }, new GraphQLError('Syntax Error'))).toEqual({
        message: 'Syntax Error',
        extensions: { code: 'BAD_USER_INPUT' },
      });
    },
  );

  it.each([
    ['a lock that is not had', new QueryFailedError('SELECT 1', [], databaseError('55P03'))],
    ['a deadlock', new QueryFailedError('SELECT 1', [], databaseError('40P01'))],
    ['a database that is away', databaseError('ECONNREFUSED')],
  ])('should ask to come back after %s', (_, error) => {
    expect(thrown(error).extensions).toEqual({ code: 'UNAVAILABLE', reason: 'DATABASE', retryAfter: 5 });
    expect(logged).not.toHaveBeenCalled();
  });

  it('should take a statement that cannot be right for what it is', () => {
    expect(thrown(new QueryFailedError('SELECT 1', [], databaseError('42601'))).extensions).toEqual({
      code: 'INTERNAL',
    });
  });

  it('should give away nothing of what was not foreseen', () => {
    const { message, extensions } = thrown(new Error('password=hunter2 in relation "customer"'));
    expect(extensions).toEqual({ code: 'INTERNAL' });
    expect(message).toBe('Something went wrong. 出现内部错误。');
    expect(logged).toHaveBeenCalledTimes(1);
  });
});
