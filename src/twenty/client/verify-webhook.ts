import { createHmac, timingSafeEqual } from 'node:crypto';

export type WebhookVerdict =
  | {
      ok: true;
      sentAt: Date;
      /** Twenty gives no delivery id: this is what a repeat is known by. */ nonce: string | null;
    }
  | { ok: false; reason: 'MISSING_HEADER' | 'STALE' | 'BAD_SIGNATURE' };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const ALLOWED_SKEW_MS = 5 * 60_000;

/**
 * Whether a webhook is Twenty's: hex HMAC-SHA256 over `timestamp:body`, with the body exactly as received, no more than five minutes old or ahead.
 * `headers` have lower-case names, as Node gives them.
 */
export function verifyWebhook(headers: Headers, rawBody: Buffer | string, secret: string, now: Date): WebhookVerdict {
  const timestamp = header(headers, 'x-twenty-webhook-timestamp');
  const signature = header(headers, 'x-twenty-webhook-signature');
  if (timestamp === null || signature === null) return { ok: false, reason: 'MISSING_HEADER' };
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(rawBody).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { ok: false, reason: 'BAD_SIGNATURE' };
  const sentAt = Number(timestamp);
  if (!(Math.abs(now.getTime() - sentAt) <= ALLOWED_SKEW_MS)) return { ok: false, reason: 'STALE' };
  return { ok: true, sentAt: new Date(sentAt), nonce: header(headers, 'x-twenty-webhook-nonce') };
}

function header(headers: Headers, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
