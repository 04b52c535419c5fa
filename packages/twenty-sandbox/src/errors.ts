export type TwentyErrorCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'INTERNAL_SERVER_ERROR'
  | 'METADATA_VALIDATION_FAILED';

interface TwentyErrorOptions {
  code: TwentyErrorCode;
  subCode?: string;
  userFriendlyMessage?: string | { id: string; message: string };
  extra?: Record<string, unknown>;
}

/** A refusal in the shape Twenty gives it: GraphQL error with `extensions.code` and, where Twenty has one, `subCode`. */
export class TwentyError extends Error {
  readonly extensions: Record<string, unknown>;

  constructor(message: string, options: TwentyErrorOptions) {
    super(message);
    this.name = 'TwentyError';
    this.extensions = {
      ...(options.subCode !== undefined && { subCode: options.subCode }),
      ...(options.userFriendlyMessage !== undefined && { userFriendlyMessage: options.userFriendlyMessage }),
      ...options.extra,
      code: options.code,
    };
  }
}

const GENERIC = 'An error occurred.';

export function recordNotFound(): TwentyError {
  return new TwentyError('Record not found', {
    code: 'NOT_FOUND',
    subCode: 'RECORD_NOT_FOUND',
    userFriendlyMessage: 'This record does not exist or has been deleted.',
  });
}

export function permissionDenied(detail?: string): TwentyError {
  const base = 'Entity performing the request does not have permission';
  return new TwentyError(detail === undefined ? base : `${base}: ${detail}`, {
    code: 'FORBIDDEN',
    subCode: 'PERMISSION_DENIED',
    userFriendlyMessage: 'User does not have permission.',
  });
}

export type InputContext = 'DATA' | 'FILTER';

/** A value that does not fit its field; `context` says whether it came as data or in a filter. */
export function invalidValue(
  context: InputContext,
  message: string,
  userFriendlyMessage: string = GENERIC,
): TwentyError {
  return new TwentyError(message, {
    code: 'BAD_USER_INPUT',
    subCode: context === 'DATA' ? 'INVALID_ARGS_DATA' : 'INVALID_ARGS_FILTER',
    userFriendlyMessage,
  });
}

export function unknownField(context: InputContext, object: string, field: string): TwentyError {
  return invalidValue(context, `Object ${object} doesn't have any "${field}" field.`);
}

export function invalidQuery(message: string): TwentyError {
  return new TwentyError(message, {
    code: 'BAD_USER_INPUT',
    subCode: 'INVALID_QUERY_INPUT',
    userFriendlyMessage: GENERIC,
  });
}

export function foreignKeyViolation(table: string, constraint: string): TwentyError {
  return new TwentyError(`insert or update on table "${table}" violates foreign key constraint "${constraint}"`, {
    code: 'BAD_USER_INPUT',
    userFriendlyMessage:
      'This operation references a record that does not exist or cannot be modified due to existing relationships.',
  });
}

/** Of a primary key Twenty names neither the field nor the record in the way. */
export function duplicateId(): TwentyError {
  return new TwentyError('A duplicate entry was detected', {
    code: 'BAD_USER_INPUT',
    userFriendlyMessage: 'This record already exists. Please check your data and try again.',
  });
}

export function duplicateEntry(fieldLabel: string, object: string, conflictingRecordId: string): TwentyError {
  return new TwentyError('A duplicate entry was detected', {
    code: 'BAD_USER_INPUT',
    userFriendlyMessage: `This ${fieldLabel} value is already in use. Please check your data and try again.`,
    extra: { conflictingRecordId, conflictingObjectNameSingular: object },
  });
}

export function tooManyToUpdate(limit: number): TwentyError {
  return new TwentyError(`Cannot update more than ${limit} records at once`, {
    code: 'BAD_USER_INPUT',
    userFriendlyMessage: `You can only update up to ${limit} records at once.`,
  });
}

export function tooManyToCreate(limit: number): TwentyError {
  const message = `Maximum number of records to upsert is ${limit}.`;
  return new TwentyError(message, {
    code: 'BAD_USER_INPUT',
    subCode: 'TOO_MANY_RECORDS_TO_UPDATE',
    userFriendlyMessage: message,
  });
}

export function tooComplexQuery(): TwentyError {
  return new TwentyError(
    'Query complexity is too high. One-to-Many relation cannot be nested in another One-to-Many relation.',
    { code: 'BAD_USER_INPUT', subCode: 'TOO_COMPLEX_QUERY', userFriendlyMessage: GENERIC },
  );
}

export function limitReached(tokens: number, windowMs: number): TwentyError {
  return new TwentyError(`Limit reached (${tokens} tokens per ${windowMs} ms)`, {
    code: 'BAD_USER_INPUT',
    subCode: 'LIMIT_REACHED',
    userFriendlyMessage: 'Rate limit reached. Please try again later.',
  });
}

export function unauthenticated(message = 'Token invalid.'): TwentyError {
  return new TwentyError(message, {
    code: 'UNAUTHENTICATED',
    subCode: 'UNAUTHENTICATED',
    userFriendlyMessage: { id: 'z+7x/s', message: 'You must be authenticated to perform this action.' },
  });
}

export function applicationNotFound(): TwentyError {
  return new TwentyError('Application not found', {
    code: 'UNAUTHENTICATED',
    subCode: 'APPLICATION_NOT_FOUND',
    userFriendlyMessage: { id: 'ltvmAF', message: 'Application not found.' },
  });
}

export function forbiddenResource(): TwentyError {
  return new TwentyError('Forbidden resource', { code: 'FORBIDDEN', userFriendlyMessage: GENERIC });
}

export function sessionTokenRequired(): TwentyError {
  return new TwentyError('This endpoint requires a session access token', {
    code: 'FORBIDDEN',
    subCode: 'FORBIDDEN_EXCEPTION',
    userFriendlyMessage: 'You do not have permission to perform this action.',
  });
}

/** What Twenty 2.21 answers where the flag APPLICATIONS is missing: an internal error, not FORBIDDEN. */
export function applicationsFlagMissing(): TwentyError {
  return new TwentyError('Entity performing the request does not have permission', {
    code: 'INTERNAL_SERVER_ERROR',
    userFriendlyMessage:
      'You do not have permission to access this feature. Please contact your workspace administrator for access.',
  });
}
