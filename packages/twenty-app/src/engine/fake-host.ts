import type { Host } from './host';

export interface Sent {
  url: string;
  authorization: string;
  headers: Record<string, string>;
  body: { query?: string; variables?: Record<string, unknown> } | undefined;
}

export type Reply = { status?: number; json?: unknown; text?: string } | 'network error' | 'never';

/** A host for tests whose network answers as told; a reply may depend on what was sent. */
export function fakeHost(reply: (sent: Sent) => Reply, more: Partial<Host> = {}): { host: Host; sent: Sent[] } {
  const sent: Sent[] = [];
  const fakeFetch: typeof fetch = async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const request: Sent = {
      url: input instanceof Request ? input.url : input.toString(),
      authorization: headers.authorization ?? '',
      headers,
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as Sent['body']) : undefined,
    };
    sent.push(request);
    const answer = reply(request);
    if (answer === 'network error') throw new TypeError('Failed to fetch');
    if (answer === 'never') {
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
      });
    }
    return new Response(answer.text ?? JSON.stringify(answer.json ?? {}), { status: answer.status ?? 200 });
  };
  return {
    host: {
      apiUrl: 'https://twenty.test',
      functionsUrl: 'https://twenty.test/s',
      token: 'first',
      fetch: fakeFetch,
      ...more,
    },
    sent,
  };
}
