import { Injectable } from '@nestjs/common';
import { decode } from 'jsonwebtoken';
import { EngineConfig } from '../../config/engine-config';
import { TwentyClock } from './twenty-clock';
import { isTwentyError, TwentyError } from './twenty-error';
import { jsonBody } from './twenty-response';
import { TwentyTransport } from './twenty-transport';

interface CachedToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Renewed before it expires, so that no call starts with a token that dies on the way. */
const RENEW_BEFORE_MS = 60_000;
const DEFAULT_LIFETIME_S = 30 * 60;
/** Twenty allows 60 sign-ins a minute and address: after wrong credentials the answer is remembered for a while. */
const REMEMBER_REFUSAL_MS = 5_000;

/** The engine's own token: client credentials of the installed app, or the API key. */
@Injectable()
export class TwentyAuth {
  private cached: CachedToken | null = null;
  private pending: Promise<string> | null = null;
  private refusal: { error: TwentyError; until: number } | null = null;

  constructor(
    private readonly config: EngineConfig,
    private readonly transport: TwentyTransport,
    private readonly clock: TwentyClock,
  ) {}

  /**
   * Callers at the same time share one sign-in.
   * @throws TwentyError UNAUTHENTICATED (code `invalid_client`, or `server_error` when the app is not installed), or whatever stopped the call
   */
  async token(): Promise<string> {
    if (!this.config.usesClientCredentials) return this.config.twentyApiKey ?? '';
    const now = this.clock.now();
    if (this.cached && this.cached.expiresAt - RENEW_BEFORE_MS > now) return this.cached.token;
    if (this.refusal && this.refusal.until > now) throw this.refusal.error;
    this.pending ??= this.signIn().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  /** Twenty refused this token. False when there is no other to be had. */
  invalidate(token: string): boolean {
    if (!this.config.usesClientCredentials) return false;
    if (this.cached?.token === token) this.cached = null;
    return true;
  }

  private async signIn(): Promise<string> {
    try {
      const answer = await this.transport.call({
        method: 'POST',
        path: '/oauth/token',
        body: {
          grant_type: 'client_credentials',
          client_id: this.config.twentyClientId,
          client_secret: this.config.twentyClientSecret,
        },
      });
      const body = answer.status === 400 ? refused(jsonBodyOrError(answer)) : jsonBody(answer);
      const token = body['access_token'];
      if (typeof token !== 'string') throw unusable();
      this.cached = { token, expiresAt: this.clock.now() + lifetimeMs(token, body['expires_in'], this.clock.now()) };
      return token;
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      const failure = beforeTheCall(error);
      if (failure.kind === 'UNAUTHENTICATED')
        this.refusal = { error: failure, until: this.clock.now() + REMEMBER_REFUSAL_MS };
      throw failure;
    }
  }
}

function jsonBodyOrError(answer: Parameters<typeof jsonBody>[0]): TwentyError {
  try {
    jsonBody(answer);
    return unusable();
  } catch (error) {
    return isTwentyError(error) ? error : unusable();
  }
}

/** OAuth answers 400 for a client whose app is not installed: these credentials do not work, whatever the status. */
function refused(error: TwentyError): never {
  throw new TwentyError({
    kind: 'UNAUTHENTICATED',
    code: error.code,
    message: `Twenty refused the client credentials (${error.code ?? 'no reason given'}); is the app installed?`,
    mayHaveHappened: false,
  });
}

/** Whatever became of the sign-in: the call that needed the token was never sent. */
function beforeTheCall(error: TwentyError): TwentyError {
  const { kind, code, subCode, message, retryAfterMs } = error;
  return new TwentyError({
    kind,
    code,
    subCode,
    message: `Signing in: ${message}`,
    retryAfterMs,
    mayHaveHappened: false,
  });
}

function unusable(): TwentyError {
  return new TwentyError({
    kind: 'PROTOCOL',
    message: 'Twenty signed the engine in without giving a token',
    mayHaveHappened: false,
  });
}

function lifetimeMs(token: string, expiresIn: unknown, now: number): number {
  if (typeof expiresIn === 'number' && expiresIn > 0) return expiresIn * 1000;
  const claims = decode(token, { json: true });
  return typeof claims?.exp === 'number' ? claims.exp * 1000 - now : DEFAULT_LIFETIME_S * 1000;
}
