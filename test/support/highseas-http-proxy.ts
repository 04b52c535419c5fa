import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type Forward = () => Promise<Response>;

/** A way to Twenty on which single requests can be slow, or be carried out long after whoever made them has given up. */
export class HttpProxy {
  private server: Server | null = null;
  /** Requests that were kept; `deliverHeld` has Twenty carry them out. */
  private readonly held: Forward[] = [];
  /** Is the request with this body to be kept? */
  holds: (body: string) => boolean = () => false;
  /** How long, in milliseconds, the request with this body takes before it reaches Twenty. */
  delayMs: (body: string) => number = () => 0;
  /** What the request with this body waits for before it reaches Twenty. */
  gate: (body: string) => Promise<void> | null = () => null;

  constructor(private readonly target: string) {}

  get url(): string {
    const address = this.server?.address() as AddressInfo | undefined;
    if (address === undefined) throw new Error('The proxy is not started.');
    return `http://127.0.0.1:${address.port}`;
  }

  get heldCount(): number {
    return this.held.length;
  }

  async open(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const headers = Object.fromEntries(
          ['authorization', 'content-type', 'x-locale'].flatMap((name) => {
            const value = request.headers[name];
            return typeof value === 'string' ? [[name, value]] : [];
          }),
        );
        const forward: Forward = () =>
          fetch(`${this.target}${request.url ?? ''}`, {
            method: request.method ?? 'GET',
            headers,
            ...(body === '' ? {} : { body }),
          });
        if (this.holds(body)) {
          this.held.push(forward);
          return;
        }
        const answer = async () => {
          await sleep(this.delayMs(body));
          await this.gate(body);
          const answered = await forward();
          const bytes = Buffer.from(await answered.arrayBuffer());
          response.writeHead(answered.status, {
            'content-type': answered.headers.get('content-type') ?? 'application/json',
            date: answered.headers.get('date') ?? new Date().toUTCString(),
          });
          response.end(bytes);
        };
        answer().catch(() => response.destroy());
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** Twenty carries out what was kept. @returns what it answered, though nobody listens any more */
  async deliverHeld(): Promise<unknown[]> {
    return Promise.all(this.held.splice(0).map(async (forward) => (await forward()).json()));
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => this.server?.close(() => resolve()));
  }
}
