import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Delivery {
  headers: IncomingHttpHeaders;
  text: string;
  body: {
    eventName: string;
    record: Record<string, unknown>;
    updatedFields?: string[];
    [key: string]: unknown;
  };
}

/** Takes webhook deliveries and keeps them; `status` is what it answers, 0 means nothing at all. */
export class WebhookReceiver {
  readonly deliveries: Delivery[] = [];
  status = 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        this.deliveries.push({ headers: request.headers, text, body: JSON.parse(text) as Delivery['body'] });
        if (this.status > 0) response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  of(eventName: string): Delivery[] {
    return this.deliveries.filter(({ body }) => body.eventName === eventName);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
