import { decode, type Jwt } from 'jsonwebtoken';

/** What a token of Twenty says of itself; only Twenty can tell whether it is true. */
export interface TokenClaims {
  workspaceId: string | null;
  /** Null when no person uses the token. */
  userId: string | null;
  /** Null when the token belongs to no application. */
  applicationId: string | null;
  /** The token of an application that no person uses at the time. */
  isOfApplicationAlone: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number | null;
}

const JWT_SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const LONGEST_TOKEN = 4_096;
/** What Twenty signs with. */
const ALGORITHM = 'ES256';
const APPLICATION = 'APPLICATION_ACCESS';
/** Of a person, and of an application with or without one; API keys and tokens for renewal open nothing here. */
const TYPES: ReadonlySet<unknown> = new Set(['ACCESS', APPLICATION]);

/** Null for what cannot be a token of somebody who may call. */
export function tokenClaims(token: string): TokenClaims | null {
  if (token.length > LONGEST_TOKEN || !JWT_SHAPE.test(token)) return null;
  const decoded = decodeToken(token);
  if (typeof decoded?.payload !== 'object' || decoded.payload === null) return null;
  const { header, payload: claims } = decoded;
  if (header.alg !== ALGORITHM || !TYPES.has(claims['type'])) return null;
  const isApplication = claims['type'] === APPLICATION;
  const userId = textOf(claims['userId']) ?? (isApplication ? null : textOf(claims.sub));
  return {
    workspaceId: textOf(claims['workspaceId']),
    userId,
    applicationId: textOf(claims['applicationId']) ?? (isApplication ? textOf(claims.sub) : null),
    isOfApplicationAlone: isApplication && userId === null,
    expiresAt: typeof claims.exp === 'number' ? claims.exp * 1000 : null,
  };
}

/** Null when a part of it is no JSON. */
function decodeToken(token: string): Jwt | null {
  try {
    return decode(token, { complete: true });
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
