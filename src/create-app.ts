import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { ApiError } from './api/graphql/api-error';
import { documentLimits } from './api/graphql/document-limits';
import { validationMessage } from './api/graphql/validation-message';
import { AppModule } from './app.module';

/** A thousand records are about a hundred kilobytes. */
const largestBody = '1mb';
const preflightSeconds = 86_400;

/** The engine, not listening yet; main and the tests start the same one. */
export async function createApp(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bufferLogs: true, rawBody: true });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.disable('x-powered-by');
  // Front components run in a worker of origin null and authenticate by token alone; there is no cookie to protect.
  app.enableCors({
    origin: '*',
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language', 'x-request-id'],
    exposedHeaders: ['retry-after'],
    maxAge: preflightSeconds,
  });
  app.useBodyParser('json', { limit: largestBody });
  app.use('/graphql', documentLimits());
  app.useGlobalPipes(
    new ValidationPipe({
      transform: true,
      exceptionFactory: (errors) => new ApiError('BAD_USER_INPUT', validationMessage(errors)),
    }),
  );
  app.enableShutdownHooks();
  return app;
}
