import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import pino from 'pino';
import type { Options } from 'pino-http';
import type { LogLevel } from './engine-config';

/** Beyond it lines are dropped, rather than memory filled. */
const mostUnwrittenBytes = 4_000_000;

/** JSON lines on stderr, one request id through all lines of a request; no header, body or query that could hold a secret. */
export function loggerOptions(level: LogLevel): [Options, pino.DestinationStream] {
  return [
    {
      level,
      genReqId: (request: IncomingMessage) => requestId(request.headers['x-request-id']),
      autoLogging: { ignore: (request: IncomingMessage) => /^\/(health|metrics)/.test(request.url ?? '') },
      quietReqLogger: true,
      customSuccessMessage: () => 'Request answered',
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          path: url.split('?')[0],
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      redact: ['*.authorization', '*.password', '*.secret', '*.clientSecret', '*.token'],
    },
    // Asynchronous: written synchronously, a reader who stops reading would stop the engine.
    pino.destination({ dest: 2, sync: false, maxLength: mostUnwrittenBytes }),
  ];
}

function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{1,100}$/.test(given) ? given : randomUUID();
}
