import { createHmac } from 'node:crypto';
import type { Digest, DigestEntry, ReminderWebhook, WebhookKind } from '../domain/reminders/digest.types';
import { webhookMessage, type WebhookContent } from './webhook-message';

const now = Date.parse('2026-08-01T02:03:04.567Z');
const url = 'https://chat.example/hook?key=abc';

function entry(changes: Partial<DigestEntry> = {}): DigestEntry {
  return {
    object: 'COMPANY',
    recordId: 'c1',
    name: 'Acme',
    reclaimOn: '2026-08-05',
    rule: 'NO_ACTIVITY',
    ownerName: 'Anna',
    ...changes,
  };
}

function content(digest: Partial<Digest> = {}, locale: WebhookContent['locale'] = 'en'): WebhookContent {
  return {
    digestId: 'd1',
    memberId: 'm1',
    createdAt: '2026-08-01T02:00:00.000Z',
    locale,
    digest: { audience: 'OWNER', memberName: 'Anna', entries: [entry()], notices: [], ...digest },
  };
}

function sent(webhook: Partial<ReminderWebhook> & { kind: WebhookKind }, what = content()) {
  const { body, ...rest } = webhookMessage({ url, ...webhook }, what, now);
  return { ...rest, body: JSON.parse(body) as unknown };
}

const headers = { 'content-type': 'application/json; charset=utf-8' };
const title = '1 customer of yours goes back to the pool on 5 Aug 2026';
const heading = 'As things are, these customers go back to their pool on the date beside them:';
const line = 'Acme: 5 Aug 2026 (no activity)';

describe('webhook messages', () => {
  it('should be blocks for Slack, with a text for notifications', () => {
    expect(sent({ kind: 'SLACK' })).toEqual({
      url,
      headers,
      body: {
        text: title,
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: title } },
          { type: 'section', text: { type: 'mrkdwn', text: `*Anna*\n${heading}\n• ${line}`, verbatim: true } },
        ],
      },
    });
  });

  it('should be markdown for WeCom', () => {
    expect(sent({ kind: 'WECOM' })).toEqual({
      url,
      headers,
      body: {
        msgtype: 'markdown',
        markdown: { content: `### ${title}\n\n**Anna**\n\n${heading}\n\n- Acme: 5 Aug 2026 (no activity)` },
      },
    });
  });

  it('should be markdown for DingTalk, signed in the address when there is a secret', () => {
    const body = {
      msgtype: 'markdown',
      markdown: { title, text: `### ${title}\n\n**Anna**\n\n${heading}\n\n- ${line}` },
    };
    expect(sent({ kind: 'DINGTALK' })).toEqual({ url, headers, body });
    // Worked out with: printf '1785549784567\nSEC1' | openssl dgst -sha256 -hmac SEC1 -binary | base64
    const signed = sent({ kind: 'DINGTALK', secret: 'SEC1' });
    expect(signed.body).toEqual(body);
    const query = new URL(signed.url).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      key: 'abc',
      timestamp: '1785549784567',
      sign: 'WCCVGsDePZz6Hv8ASEQzyyvJdbgZYKXIOzCjRScGnRY=',
    });
  });

  it('should be a card for Feishu, signed in the body when there is a secret', () => {
    const body = {
      msg_type: 'interactive',
      card: {
        header: { title: { tag: 'plain_text', content: title } },
        elements: [{ tag: 'div', text: { tag: 'plain_text', content: `Anna\n${heading}\n· ${line}` } }],
      },
    };
    expect(sent({ kind: 'FEISHU' })).toEqual({ url, headers, body });
    // Worked out with: printf '' | openssl dgst -sha256 -hmac $'1785549784\nSEC1' -binary | base64
    expect(sent({ kind: 'FEISHU', secret: 'SEC1' })).toEqual({
      url,
      headers,
      body: { timestamp: '1785549784', sign: 'NUenoz8ntTHqWR5nNn2KRNWjaKwD13niDXO2bglcEAU=', ...body },
    });
  });

  it('should be everything as data for JSON, signed in the headers when there is a secret', () => {
    const body = {
      type: 'highseas.reminder',
      id: 'd1',
      createdAt: '2026-08-01T02:00:00.000Z',
      audience: 'OWNER',
      member: { id: 'm1', name: 'Anna' },
      title,
      text: `${heading}\n- ${line}`,
      customers: [entry()],
      notices: [],
    };
    expect(sent({ kind: 'JSON' })).toEqual({ url, headers, body });
    const signed = webhookMessage({ kind: 'JSON', url, secret: 'SEC1' }, content(), now);
    expect(JSON.parse(signed.body)).toEqual(body);
    expect(signed.headers).toEqual({
      ...headers,
      'x-highseas-webhook-timestamp': String(now),
      'x-highseas-webhook-signature': createHmac('sha256', 'SEC1').update(`${now}:${signed.body}`).digest('hex'),
    });
  });

  it('should speak the reader’s language', () => {
    expect(sent({ kind: 'WECOM' }, content({}, 'zh-CN')).body).toMatchObject({
      markdown: { content: expect.stringContaining('您有1个客户将于2026年8月5日掉入公海') },
    });
  });

  it.each<[WebhookKind, RegExp]>([
    ['SLACK', /<!channel>|<https?:/],
    ['WECOM', /<@|\]\(|<font/],
    ['DINGTALK', /<@|\]\(|<font/],
  ])('should not let a name mention or link in %s', (kind, forbidden) => {
    const name = '<!channel> <@all> [x](https://evil.example) <font color="warning">';
    expect(JSON.stringify(sent({ kind }, content({ memberName: name, entries: [entry({ name })] })).body)).not.toMatch(
      forbidden,
    );
  });

  // A bare address would be made a link of: by its scheme, or by a dot and what looks like a domain.
  const addresses = 'https://evil.example.com/a?b=c www.evil.cn evil.公司 x@evil.io';
  it.each<[WebhookKind, string]>([
    [
      'SLACK',
      'https:\u200b//evil.\u200bexample.\u200bcom/a?b=c www.\u200bevil.\u200bcn evil.\u200b公司 x@evil.\u200bio',
    ],
    ['WECOM', 'https：//evil．example．com/a?b=c www．evil．cn evil．公司 x＠evil．io'],
    ['DINGTALK', 'https：//evil．example．com/a?b=c www．evil．cn evil．公司 x＠evil．io'],
  ])('should leave an address in a name plain text in %s', (kind, plain) => {
    const named = content({
      memberName: addresses,
      entries: [entry({ name: addresses })],
      notices: [{ kind: 'STALE', poolName: addresses, days: 3, total: 1, customers: [entry({ name: addresses })] }],
    });
    const body = JSON.stringify(sent({ kind }, named).body);
    expect(body.split(plain)).toHaveLength(5);
    expect(body).not.toMatch(/:\/\/|\.(com|cn|公司|io)/);
  });

  it.each<[WebhookKind]>([['SLACK'], ['WECOM'], ['DINGTALK']])(
    'should leave an ordinary name as it is in %s',
    (kind) => {
      const name = "L'Oréal Co., Ltd. / U.S. Steel: No.1";
      expect(JSON.stringify(sent({ kind }, content({ entries: [entry({ name })] })).body)).toContain(name);
    },
  );

  const many = content(
    {
      entries: Array.from({ length: 300 }, (_, at) => entry({ name: `${'长名字的客户'.repeat(10)}${at}` })),
      notices: Array.from({ length: 90 }, () => ({
        kind: 'UNCLAIMED' as const,
        poolName: '公海'.repeat(30),
        days: 30,
        total: 500,
        customers: [entry({ name: '旧客户'.repeat(20) })],
      })),
    },
    'zh-CN',
  );
  it.each<[WebhookKind, number, (body: never) => string]>([
    ['WECOM', 4096, (body: { markdown: { content: string } }) => body.markdown.content],
    ['DINGTALK', 20_000, (body: { markdown: { text: string } }) => body.markdown.text],
    [
      'FEISHU',
      20_000,
      (body: { card: { elements: [{ text: { content: string } }] } }) => body.card.elements[0].text.content,
    ],
  ])('should stay within what %s takes', (kind, most, textOf) => {
    const text = textOf(sent({ kind }, many).body as never);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(text).toContain('300个');
  });

  it('should stay within what a Slack section takes, and count what it leaves out', () => {
    const { blocks } = sent({ kind: 'SLACK' }, content({ entries: many.digest.entries })).body as {
      blocks: { text: { text: string } }[];
    };
    expect(blocks[1]?.text.text.length).toBeLessThanOrEqual(3000);
    expect(blocks[1]?.text.text).toMatch(/and \d+ more$/);
  });
});
