import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { Request, Response } from 'express';

const tooLarge = 413;

/** GraphQL faults are told, and logged where that is worth it, by formatError; Nest would log each of them as an error. */
@Catch()
export class FaultFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return exception;
    const { path } = host.switchToHttp().getRequest<Request>();
    const status = statusOf(exception);
    if (path === '/graphql' && status !== null && status < 500)
      return unreadable(host.switchToHttp().getResponse<Response>(), status);
    // oxlint-disable-next-line promise/valid-params -- a filter's catch, not a promise's
    return super.catch(exception, host);
  }
}

/** Nest's own exceptions, and those of the body parser, which carry a plain `status`. */
function statusOf(exception: unknown): number | null {
  if (exception instanceof HttpException) return exception.getStatus();
  const status = exception instanceof Error && 'status' in exception ? exception.status : null;
  return typeof status === 'number' ? status : null;
}

/** A body that never became a GraphQL request is told in the same shape as any other fault of the API. */
function unreadable(response: Response, status: number): void {
  const message =
    status === tooLarge
      ? 'The request is too large. 请求过大。'
      : 'The request is not readable JSON. 请求不是有效的 JSON。';
  response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
}
