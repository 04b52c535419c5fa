import type { WorkspaceDescription } from './workspace.types';

export class ApiError extends Error {}

async function json(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  const body = (await response.json()) as { messages?: string[] };
  if (!response.ok) throw new ApiError(body.messages?.[0] ?? `HTTP ${response.status}`);
  return body;
}

const post = (path: string, body: unknown, token?: string): Promise<unknown> =>
  json(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

export const readWorkspace = (): Promise<WorkspaceDescription> =>
  json('/sandbox/workspace') as Promise<WorkspaceDescription>;

/** A token as the page has it (`user`) or as it gives to a component (`component`). */
export async function takeToken(email: string, kind: 'user' | 'component'): Promise<string> {
  const { token } = (await post('/sandbox/token', { email, ...(kind === 'user' && { kind }) })) as { token: string };
  return token;
}

interface Move {
  reclaimed?: number;
  reminders?: number;
}

export const moveClock = (advanceDays: number): Promise<Move> =>
  post('/sandbox/engine-clock', { advanceDays }) as Promise<Move>;

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** One member's access to the records; a token that the moved clock has made old is replaced. */
export class RecordsApi {
  private token: string | undefined;

  constructor(private readonly email: string) {}

  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const first = await this.send<Data>(query, variables);
    if (first.errors?.[0]?.extensions?.code !== 'UNAUTHENTICATED') return this.dataOf(first);
    this.token = undefined;
    return this.dataOf(await this.send<Data>(query, variables));
  }

  private async send<Data>(query: string, variables: Record<string, unknown>): Promise<Answer<Data>> {
    this.token ??= await takeToken(this.email, 'user');
    return (await post('/graphql', { query, variables }, this.token)) as Answer<Data>;
  }

  private dataOf<Data>({ data, errors }: Answer<Data>): Data {
    if (errors?.[0] || data === undefined) throw new ApiError(errors?.[0]?.message ?? 'No answer');
    return data;
  }
}
