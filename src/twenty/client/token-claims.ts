import { decode } from 'jsonwebtoken';

/** What a token of Twenty says of itself; only Twenty can tell whether it is true. */
export interface TokenClaims {
  workspaceId: string | null;
  /** Null when the token belongs to no application. */
  applicationId: string | null;
  /** The token of an application that no person uses at the time. */
  isOfApplicationAlone: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number | null;
}

const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const LONGEST_TOKEN = 4_096;

/** Null for what cannot be a token. */
export function tokenClaims(token: string): TokenClaims | null {
  if (token.length > LONGEST_TOKEN || !JWT_SHAPE.test(token)) return null;
  const claims = decode(token, { json: true });
  if (!claims) return null;
  const isApplication = claims['type'] === 'APPLICATION_ACCESS';
  return {
    workspaceId: textOf(claims['workspaceId']),
    applicationId: textOf(claims['applicationId']) ?? (isApplication ? textOf(claims.sub) : null),
    isOfApplicationAlone: isApplication && textOf(claims['userId']) === null,
    expiresAt: typeof claims.exp === 'number' ? claims.exp * 1000 : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
