import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to Twenty on which every request is noted. */
export class CountingWay {
  /** The operation of each request, or its path. */
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async open(target: string): Promise<CountingWay> {
    const server = createServer();
    const way = new CountingWay(server, new URL(target));
    server.on('request', (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        way.requests.push(/(?:query|mutation) (\w+)/.exec(body.toString())?.[1] ?? incoming.url ?? '');
        const { hostname, port } = way.target;
        const { method, url: path, headers } = incoming;
        const onward = request({ hostname, port, path, method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        onward.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return way;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
