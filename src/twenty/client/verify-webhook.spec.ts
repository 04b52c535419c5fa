import { createHmac } from 'node:crypto';
import { verifyWebhook } from './verify-webhook';

const secret = 'a-secret-of-sixteen';
const body = '{"eventName":"company.updated","record":{"name":"上海"}}';
const now = new Date('2026-01-05T10:00:00.000Z');

const headersFor = (timestamp: number, text = body, key = secret) => ({
  'x-twenty-webhook-timestamp': String(timestamp),
  'x-twenty-webhook-signature': createHmac('sha256', key).update(`${timestamp}:${text}`).digest('hex'),
  'x-twenty-webhook-nonce': 'nonce-1',
});

describe('verifyWebhook', () => {
  it("should accept Twenty's signature over the bytes as received", () => {
    const verdict = verifyWebhook(headersFor(now.getTime()), Buffer.from(body), secret, now);
    expect(verdict).toEqual({ ok: true, sentAt: now, nonce: 'nonce-1' });
  });

  it.each([
    ['another secret', headersFor(now.getTime(), body, 'not-the-secret-at-all')],
    ['another body', headersFor(now.getTime(), `${body} `)],
    ['another time', { ...headersFor(now.getTime()), 'x-twenty-webhook-timestamp': String(now.getTime() + 1) }],
    ['a short signature', { ...headersFor(now.getTime()), 'x-twenty-webhook-signature': 'ab' }],
    ['no hex', { ...headersFor(now.getTime()), 'x-twenty-webhook-signature': 'zz'.repeat(32) }],
  ])('should refuse a signature made with %s', (_, headers) => {
    expect(verifyWebhook(headers, body, secret, now)).toEqual({ ok: false, reason: 'BAD_SIGNATURE' });
  });

  it.each([-300_001, 300_001])('should refuse a signed webhook that is %d ms off', (offset) => {
    expect(verifyWebhook(headersFor(now.getTime() + offset), body, secret, now)).toEqual({
      ok: false,
      reason: 'STALE',
    });
  });

  it('should refuse a signed time that is no number', () => {
    const signature = createHmac('sha256', secret).update(`soon:${body}`).digest('hex');
    expect(
      verifyWebhook(
        { 'x-twenty-webhook-timestamp': 'soon', 'x-twenty-webhook-signature': signature },
        body,
        secret,
        now,
      ),
    ).toEqual({ ok: false, reason: 'STALE' });
  });

  it.each(['x-twenty-webhook-timestamp', 'x-twenty-webhook-signature'])(
    'should refuse a webhook without %s',
    (name) => {
      expect(verifyWebhook({ ...headersFor(now.getTime()), [name]: undefined }, body, secret, now)).toEqual({
        ok: false,
        reason: 'MISSING_HEADER',
      });
    },
  );
});
