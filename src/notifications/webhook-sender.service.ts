import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, type Dispatcher, request } from 'undici';
import { EngineConfig } from '../config/engine-config';
import type { WebhookKind } from '../domain/reminders/digest.types';
import { publicLookup, requirePublicHost } from './public-address';
import type { WebhookMessage } from './webhook-message';

const timeoutMs = 5_000;
const longestAnswer = 64 * 1024;

export type WebhookErrorCode = 'WEBHOOK_BLOCKED' | 'WEBHOOK_UNREACHABLE' | 'WEBHOOK_REFUSED';

/** A message was not taken. Neither message nor cause hold the address, which is a secret. */
export class WebhookError extends Error {
  readonly retryable = true;
  constructor(
    readonly code: WebhookErrorCode,
    /** HTTP status, or the service's own code. */
    readonly status: number | null = null,
  ) {
    super(`A webhook failed: ${code}${status === null ? '' : ` (${status})`}`);
  }
}

/** Posts to addresses that an admin of the workspace wrote, which therefore must not lead into the engine's own network. */
@Injectable()
export class WebhookSender implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(private readonly config: EngineConfig) {
    this.agent = new Agent({ connect: config.allowPrivateWebhooks ? {} : { lookup: publicLookup() } });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.close();
  }

  /** Follows no redirects. @throws WebhookError */
  async post(kind: WebhookKind, { url, headers, body }: WebhookMessage): Promise<void> {
    if (!this.config.allowPrivateWebhooks) blockUnlessPublic(url);
    const answer = await this.answerOf(url, headers, body);
    if (answer.status < 200 || answer.status > 299) throw new WebhookError('WEBHOOK_REFUSED', answer.status);
    const code = serviceCode(kind, answer.text);
    if (code !== 0) throw new WebhookError('WEBHOOK_REFUSED', code);
  }

  private async answerOf(
    url: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<{ status: number; text: string }> {
    try {
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: statusCode, text: await beginningOf(answer) };
    } catch (error) {
      throw new WebhookError(isBlocked(error) ? 'WEBHOOK_BLOCKED' : 'WEBHOOK_UNREACHABLE');
    }
  }
}

/** Addresses hold what lets one post, so they go over https unless everything private is allowed. */
function blockUnlessPublic(url: string): void {
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== 'https:') throw new WebhookError('WEBHOOK_BLOCKED');
    requirePublicHost(parsed);
  } catch {
    throw new WebhookError('WEBHOOK_BLOCKED');
  }
}

function isBlocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ADDRESS_BLOCKED';
}

async function beginningOf(answer: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswer) break;
  }
  return Buffer.concat(chunks).toString();
}

/** WeCom, DingTalk and Feishu answer 200 whatever they think of a message, and say it in the body. */
function serviceCode(kind: WebhookKind, text: string): number {
  if (kind === 'SLACK' || kind === 'JSON') return 0;
  try {
    const answer = JSON.parse(text) as { errcode?: unknown; code?: unknown; StatusCode?: unknown };
    const code = kind === 'FEISHU' ? (answer.code ?? answer.StatusCode) : answer.errcode;
    return typeof code === 'number' ? code : 0;
  } catch {
    return 0;
  }
}
