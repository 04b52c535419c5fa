import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/** GraphQL faults are told, and logged where that is worth it, by formatError; Nest would log each of them as an error. */
@Catch()
export class FaultFilter extends BaseExceptionFilter {
  override catch(exception: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return exception;
    // oxlint-disable-next-line promise/valid-params -- a filter's catch, not a promise's
    return super.catch(exception, host);
  }
}
