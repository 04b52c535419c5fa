import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { SandboxClock } from '../clock';
import { unauthenticated } from '../errors';

export type TokenClaims =
  | {
      type: 'ACCESS';
      sub: string;
      userId: string;
      workspaceId: string;
      userWorkspaceId: string;
      workspaceMemberId: string;
    }
  | {
      type: 'APPLICATION_ACCESS';
      sub: string;
      applicationId: string;
      workspaceId: string;
      userWorkspaceId?: string;
      userId?: string;
    }
  | { type: 'LOGIN'; sub: string; workspaceId: string }
  | { type: 'API_KEY'; sub: string; workspaceId: string; apiKeyId: string };

export const TOKEN_LIFETIME_SECONDS = 30 * 60;
const YEAR_SECONDS = 365 * 24 * 3600;

/** Signs and checks ES256 tokens by the sandbox's clock; a restarted sandbox has another key, so its old tokens are dead. */
export class TokenService {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(private readonly clock: SandboxClock) {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = keys.privateKey;
    this.publicKey = keys.publicKey;
  }

  sign(
    claims: TokenClaims,
    expiresInSeconds = claims.type === 'API_KEY' ? YEAR_SECONDS : TOKEN_LIFETIME_SECONDS,
  ): string {
    const iat = Math.floor(this.clock.now() / 1000);
    return jwt.sign({ ...claims, iat, exp: iat + expiresInSeconds, jti: randomUUID() }, this.privateKey, {
      algorithm: 'ES256',
    });
  }

  /** @throws TwentyError UNAUTHENTICATED for a token that is forged, malformed or expired */
  verify(token: string): TokenClaims {
    try {
      const claims = jwt.verify(token, this.publicKey, {
        algorithms: ['ES256'],
        clockTimestamp: Math.floor(this.clock.now() / 1000),
      });
      return claims as unknown as TokenClaims;
    } catch (error) {
      throw unauthenticated(error instanceof jwt.TokenExpiredError ? 'Token has expired.' : 'Token invalid.');
    }
  }
}
