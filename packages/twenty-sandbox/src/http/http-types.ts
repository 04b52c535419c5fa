import type { IncomingHttpHeaders } from 'node:http';

export interface SandboxRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  raw: Buffer;
}

export interface SandboxResponse {
  status: number;
  /** Sent as JSON, or as it is when there is a `contentType`. */
  body: unknown;
  contentType?: string;
}

export class BadRequest extends Error {}

/** @throws BadRequest for a body that is not a JSON object */
export function jsonBody(request: SandboxRequest): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body === '' ? '{}' : request.body);
  } catch {
    throw new BadRequest('Body is not valid JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BadRequest('Body must be a JSON object');
  return parsed as Record<string, unknown>;
}

/** The shape of Twenty's REST errors. */
export function restError(status: number, error: string, message: string): SandboxResponse {
  return { status, body: { statusCode: status, error, messages: [message] } };
}

export function bearerToken(request: SandboxRequest): string | undefined {
  const header = request.headers.authorization;
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined;
}
