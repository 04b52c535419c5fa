import type { Response } from 'express';
import type { ApiError } from '../graphql/api-error';

/** A request that never came to GraphQL is told in the same shape as any other fault of the API. */
export function answerFault(response: Response, { message, extensions, status: own }: ApiError, status = own): void {
  const { http: _, ...told } = extensions;
  const { retryAfter } = told;
  if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
  response.status(status).json({ errors: [{ message, extensions: told }] });
}
