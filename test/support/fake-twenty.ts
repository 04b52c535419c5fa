import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  path: string;
  token: string | null;
  /** Text of the GraphQL operation; empty for other calls. */
  query: string;
  variables: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** `hang` never answers, `reset` cuts the connection after the request was read; an object is the JSON body of a 200. */
export type FakeAnswer =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | 'hang'
  | 'reset';

export interface FakeTwenty {
  url: string;
  /** Every call but sign-ins. */
  requests: FakeRequest[];
  signIns: number;
  close(): Promise<void>;
}

/** A server of a few lines for the edges of the protocol; what Twenty does with records is the sandbox's to show. */
export async function startFakeTwenty(
  answer: (request: FakeRequest, count: number) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeTwenty> {
  const fake: Omit<FakeTwenty, 'url' | 'close'> = { requests: [], signIns: 0 };
  const server = createServer((incoming, response) => {
    void receive(incoming, response);
  });

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (request.path === '/oauth/token') {
      fake.signIns += 1;
      const given = await answer(request, fake.signIns);
      return send(
        response,
        given === DEFAULT ? { json: { access_token: `token-${fake.signIns}`, expires_in: 1800 } } : given,
      );
    }
    fake.requests.push(request);
    return send(response, await answer(request, fake.requests.length));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(fake, { url: `http://127.0.0.1:${port}`, close });
}

/** For sign-ins: a fresh token. */
export const DEFAULT: FakeAnswer = {};

export function data(value: unknown): FakeAnswer {
  return { json: { data: value } };
}

export function graphqlFailure(
  code: string | null,
  message: string,
  extensions: Record<string, unknown> = {},
): FakeAnswer {
  return { json: { data: null, errors: [{ message, extensions: { ...(code !== null && { code }), ...extensions } }] } };
}

async function readRequest(incoming: IncomingMessage): Promise<FakeRequest> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  return {
    path: incoming.url ?? '',
    token: incoming.headers.authorization?.replace('Bearer ', '') ?? null,
    query: typeof body['query'] === 'string' ? body['query'] : '',
    variables: (body['variables'] ?? {}) as Record<string, unknown>,
    body,
  };
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.destroy();
    return;
  }
  const { status = 200, json, text, headers } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text ?? JSON.stringify(json ?? {}));
}
