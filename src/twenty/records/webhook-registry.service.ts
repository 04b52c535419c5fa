import { Injectable } from '@nestjs/common';
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  type ReadWebhooksQuery,
  ReadWebhooksDocument,
  UpdateWebhookDocument,
} from '../generated/metadata';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError } from '../client/twenty-error';
import type { CallOptions } from './twenty.types';

type Webhook = ReadWebhooksQuery['webhooks'][number];

const DESCRIPTION = 'Highseas: customer pools 客户公海';

@Injectable()
export class WebhookRegistry {
  constructor(private readonly client: TwentyClient) {}

  /**
   * Makes sure that exactly one webhook calls `targetUrl`, for these operations and with this secret. Instances that start at the same time
   * may make two; the next call keeps the older. Twenty's answer does not tell ours from others but by the address.
   * @returns the webhook's id
   * @throws TwentyError FORBIDDEN without the flag API_KEYS_AND_WEBHOOKS
   */
  async ensure(
    targetUrl: string,
    operations: readonly string[],
    secret: string,
    options: CallOptions,
  ): Promise<string> {
    const [kept, ...duplicates] = await this.callingTo(targetUrl, options);
    for (const duplicate of duplicates) await this.delete(duplicate.id, options);
    if (!kept) return this.create(targetUrl, operations, secret, options);
    if (kept.secret !== secret || !sameOperations(kept.operations, operations)) {
      await this.client.request(
        UpdateWebhookDocument,
        { input: { id: kept.id, update: { operations: [...operations], secret } } },
        inMetadata(options),
      );
    }
    return kept.id;
  }

  private async callingTo(targetUrl: string, options: CallOptions): Promise<Webhook[]> {
    const { webhooks } = await this.client.request(ReadWebhooksDocument, {}, inMetadata(options));
    return webhooks
      .filter((webhook) => webhook.targetUrl === targetUrl)
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  }

  private async create(
    targetUrl: string,
    operations: readonly string[],
    secret: string,
    options: CallOptions,
  ): Promise<string> {
    const input = { targetUrl, operations: [...operations], secret, description: DESCRIPTION };
    const { createWebhook } = await this.client.request(CreateWebhookDocument, { input }, inMetadata(options));
    return createWebhook.id;
  }

  private async delete(id: string, options: CallOptions): Promise<void> {
    try {
      await this.client.request(DeleteWebhookDocument, { id }, inMetadata(options));
    } catch (error) {
      // Another instance was quicker.
      if (!isTwentyError(error, 'NOT_FOUND')) throw error;
    }
  }
}

function inMetadata(options: CallOptions) {
  return { ...options, endpoint: 'metadata' as const };
}

function sameOperations(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((operation) => b.includes(operation));
}
