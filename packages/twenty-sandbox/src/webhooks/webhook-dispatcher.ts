import { createHmac, randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock';
import type { RecordEvent } from '../records/record-event';
import type { Workspace } from '../workspace';
import { deliveryBody, eventBody } from './webhook-body';
import type { Webhook } from './webhook.types';

const TIMEOUT_MS = 5000;
const WORKER_DELAY_MS = 20;
const CONCURRENT_DELIVERIES = 20;

interface Delivery {
  webhook: Webhook;
  body: Record<string, unknown>;
}

/**
 * Sends record events to webhooks as Twenty's worker does: one POST per record, signed, one attempt, five seconds.
 * What the receiver misses is gone (docs/twenty-platform.md#trap-11).
 */
export class WebhookDispatcher {
  private readonly queue: Delivery[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closed = false;
  /** Deliveries so far, by what became of them. */
  readonly counts = { delivered: 0, failed: 0, dropped: 0 };

  constructor(
    private readonly clock: SandboxClock,
    private readonly shouldDrop: () => boolean,
  ) {}

  attach(workspace: Workspace): void {
    workspace.store.onEvents((events) => this.enqueue(workspace, events));
  }

  /** Resolves when nothing is waiting or under way. */
  async idle(): Promise<void> {
    while (this.queue.length > 0 || this.inFlight.size > 0 || this.timers.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.queue.length = 0;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.allSettled(this.inFlight);
  }

  private enqueue(workspace: Workspace, events: RecordEvent[]): void {
    if (this.closed || workspace.webhooks.size === 0) return;
    const deliveries = events.flatMap((event) => {
      const listening = [...workspace.webhooks.values()].filter((webhook) => isListening(webhook, event));
      if (listening.length === 0) return [];
      const body = eventBody(workspace, event);
      return listening.map((webhook) => ({ webhook, body: deliveryBody(webhook, body) }));
    });
    if (deliveries.length === 0) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.queue.push(...deliveries);
      this.pump();
    }, WORKER_DELAY_MS);
    this.timers.add(timer);
  }

  private pump(): void {
    while (this.inFlight.size < CONCURRENT_DELIVERIES) {
      const delivery = this.queue.shift();
      if (!delivery) return;
      if (this.shouldDrop()) {
        this.counts.dropped += 1;
        continue;
      }
      const sending = this.send(delivery).finally(() => {
        this.inFlight.delete(sending);
        this.pump();
      });
      this.inFlight.add(sending);
    }
  }

  private async send({ webhook, body }: Delivery): Promise<void> {
    const text = JSON.stringify(body);
    const timestamp = String(this.clock.now());
    const headers: Record<string, string> = {
      accept: 'application/json, text/plain, */*',
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': timestamp,
      'x-twenty-webhook-nonce': randomBytes(16).toString('hex'),
    };
    if (webhook.secret !== '') {
      headers['x-twenty-webhook-signature'] = createHmac('sha256', webhook.secret)
        .update(`${timestamp}:${text}`)
        .digest('hex');
    }
    try {
      const response = await fetch(webhook.targetUrl, {
        method: 'POST',
        headers,
        body: text,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      if (response.ok) this.counts.delivered += 1;
      else this.counts.failed += 1;
    } catch {
      this.counts.failed += 1;
    }
  }
}

/** Operations are `company.updated`, `company.*`, `*.updated` or `*.*`. */
function isListening(webhook: Webhook, event: RecordEvent): boolean {
  return webhook.operations.some((operation) => {
    const [object, action] = operation.split('.');
    return (object === '*' || object === event.object.nameSingular) && (action === '*' || action === event.action);
  });
}
