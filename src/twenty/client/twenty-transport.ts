import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { EngineConfig } from '../../config/engine-config';
import { TwentyError } from './twenty-error';

export interface HttpCall {
  method: 'GET' | 'POST';
  /** Below the address of Twenty, with its slash. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  token?: string;
  signal?: AbortSignal;
  /** Milliseconds; the configured default when absent. */
  timeoutMs?: number;
}

export interface HttpAnswer {
  status: number;
  text: string;
  /** From Retry-After, when Twenty or a proxy says it. */
  retryAfterMs: number | null;
  /** Twenty's clock by the second, from the Date header; null when it says none. */
  sentAt: string | null;
}

const CONNECTIONS = 16;
/** The connection was never made, so nothing was asked of Twenty. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** One HTTP call to Twenty, once. Knows connections and time-outs, nothing of GraphQL. */
@Injectable()
export class TwentyTransport implements OnModuleDestroy {
  private readonly agent = new Agent({ connections: CONNECTIONS });

  constructor(private readonly config: EngineConfig) {}

  /** @throws TwentyError UNREACHABLE or TIMEOUT; every HTTP status is an answer */
  async call(call: HttpCall): Promise<HttpAnswer> {
    const timeout = AbortSignal.timeout(call.timeoutMs ?? this.config.twentyTimeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    try {
      const response = await request(`${this.config.twentyUrl}${call.path}`, {
        dispatcher: this.agent,
        method: call.method,
        signal,
        headers: {
          accept: 'application/json',
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
          ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
        },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      return {
        status: response.statusCode,
        text: await response.body.text(),
        retryAfterMs: retryAfter(response.headers['retry-after']),
        sentAt: instantOf(response.headers.date),
      };
    } catch (error) {
      throw transportError(error, call.signal?.aborted === true, timeout.aborted);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}

function transportError(error: unknown, aborted: boolean, timedOut: boolean): TwentyError {
  if (aborted) {
    return new TwentyError({
      kind: 'TIMEOUT',
      code: 'ABORTED',
      message: 'Gave up waiting for Twenty',
      mayHaveHappened: true,
    });
  }
  if (timedOut) {
    return new TwentyError({ kind: 'TIMEOUT', message: 'Twenty did not answer in time', mayHaveHappened: true });
  }
  const code = errorCode(error);
  return new TwentyError({
    kind: 'UNREACHABLE',
    code,
    message: `Twenty cannot be reached (${code ?? 'connection failed'})`,
    mayHaveHappened: code === null || !NOT_SENT.has(code),
  });
}

function errorCode(error: unknown): string | null {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : null) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return null;
}

function instantOf(header: string | string[] | undefined): string | null {
  const time = Date.parse((Array.isArray(header) ? header[0] : header) ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function retryAfter(header: string | string[] | undefined): number | null {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
