import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { Logger } from 'nestjs-pino';
import { CallerGate } from './api/auth/caller-gate.service';
import { ApiError } from './api/graphql/api-error';
import { documentLimits } from './api/graphql/document-limits';
import { validationMessage } from './api/graphql/validation-message';
import { AppModule } from './app.module';
import { EngineConfig } from './config/engine-config';

/** A thousand records are about a hundred kilobytes. */
const largestBody = '1mb';
const preflightSeconds = 86_400;

/** The engine, not listening yet; main and the tests start the same one. */
export async function createApp(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bufferLogs: true, rawBody: true });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  app.disable('x-powered-by');
  const { trustProxy } = app.get(EngineConfig);
  if (trustProxy !== false) app.set('trust proxy', trustProxy);
  // Front components run in a worker of origin null and authenticate by token alone; there is no cookie to protect.
  app.enableCors({
    origin: '*',
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language', 'x-request-id'],
    exposedHeaders: ['retry-after'],
    maxAge: preflightSeconds,
  });
  // In this order: who asks, then what, then as much work as that takes.
  const gate = app.get(CallerGate);
  app.use(
    '/graphql',
    (request: Request, response: Response, next: NextFunction) => void gate.admit(request, response, next),
  );
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
