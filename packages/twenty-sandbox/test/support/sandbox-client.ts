import type { GraphqlError } from '../../src/graphql/execute';
import type { Sandbox } from '../../src/sandbox';

export interface Answer<T> {
  data?: T | null;
  errors?: GraphqlError[];
}

interface TokenRequest {
  email?: string;
  kind?: 'application' | 'user' | 'apiKey';
  workspace?: 'other';
  expiresInSeconds?: number;
}

/** Talks to a running sandbox as its users, its app and its tests do. */
export class SandboxClient {
  constructor(private readonly sandbox: Sandbox) {}

  async post(path: string, body: unknown, token?: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async get(path: string, token?: string): Promise<{ status: number; body: unknown }> {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.sandbox.url}${path}`, { headers });
    return { status: response.status, body: await response.json() };
  }

  async token(request: TokenRequest): Promise<string> {
    const { body } = await this.post('/sandbox/token', request);
    return (body as { token: string }).token;
  }

  async appToken(): Promise<string> {
    const { clientId, clientSecret } = this.sandbox.credentials;
    const { body } = await this.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    return (body as { access_token: string }).access_token;
  }

  async records<T>(
    token: string | undefined,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    return (await this.post('/graphql', { query, variables }, token)).body as Answer<T>;
  }

  async metadata<T>(
    token: string | undefined,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    return (await this.post('/metadata', { query, variables }, token)).body as Answer<T>;
  }
}
