import { createHmac } from 'node:crypto';
import type { Locale } from '../domain/customer/customer';
import { type DigestText, digestText, MOST_LISTED } from '../domain/reminders/digest-text';
import type { Digest, ReminderWebhook } from '../domain/reminders/digest.types';
import { bounded, longest } from '../domain/text/bounded-text';
import { invisiblyBroken, unlinked } from '../domain/text/unlinked';

export interface WebhookMessage {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookContent {
  digestId: string;
  memberId: string;
  /** ISO instant. */
  createdAt: string;
  digest: Digest;
  locale: Locale;
}

/** What the services take at most; the digest names fewer customers until it fits. */
const slackSectionCharacters = 3000;
const slackHeaderCharacters = 150;
const wecomBytes = 4096;
const dingtalkBytes = 20_000;
const feishuBytes = 20_000;
/** For what stands around the text in a message whose whole size is limited. */
const envelopeBytes = 1000;

/**
 * A digest in the shape that a service documents for incoming webhooks:
 * Slack "blocks", WeCom 群机器人 "markdown", DingTalk 自定义机器人 "markdown" with 加签, Feishu 自定义机器人 "interactive" with 签名校验;
 * JSON is our own. Names that people typed can mention nobody and link nowhere.
 * @param now milliseconds; signatures are of the real time, whatever the workspace's clock says
 */
export function webhookMessage(
  { kind, url, secret }: ReminderWebhook,
  given: WebhookContent,
  now: number,
): WebhookMessage {
  const content = { ...given, digest: { ...given.digest, memberName: bounded(given.digest.memberName, longest.name) } };
  switch (kind) {
    case 'SLACK':
      return message(url, slackBody(content));
    case 'WECOM': {
      const markdown = fitting(content, fullWidth, (text) => markdownOf(text, content), wecomBytes, bytes);
      return message(url, { msgtype: 'markdown', markdown: { content: markdown } });
    }
    case 'DINGTALK': {
      const text = fitting(
        content,
        fullWidth,
        (words) => markdownOf(words, content),
        dingtalkBytes - envelopeBytes,
        bytes,
      );
      return message(secret ? dingtalkSigned(url, secret, now) : url, {
        msgtype: 'markdown',
        markdown: { title: titleOf(content), text },
      });
    }
    case 'FEISHU':
      return message(url, { ...(secret && feishuSignature(secret, now)), ...feishuBody(content) });
    case 'JSON': {
      const body = JSON.stringify(jsonBody(content));
      return message(url, body, secret ? jsonSignature(secret, now, body) : {});
    }
  }
}

function message(url: string, body: object | string, headers: Record<string, string> = {}): WebhookMessage {
  return {
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function slackBody(content: WebhookContent) {
  const mrkdwn = fitting(
    content,
    slackName,
    (text) => [`*${slackName(content.digest.memberName)}*`, ...blocksOf(text, '• ')].join('\n'),
    slackSectionCharacters,
    characters,
  );
  const title = titleOf(content);
  return {
    text: slackEscaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, slackHeaderCharacters) } },
      { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } },
    ],
  };
}

function feishuBody(content: WebhookContent) {
  const plain = fitting(
    content,
    unchanged,
    (text) => [content.digest.memberName, ...blocksOf(text, '· ')].join('\n'),
    feishuBytes - envelopeBytes,
    bytes,
  );
  return {
    msg_type: 'interactive',
    card: {
      header: { title: { tag: 'plain_text', content: titleOf(content) } },
      elements: [{ tag: 'div', text: { tag: 'plain_text', content: plain } }],
    },
  };
}

function jsonBody({ digestId, memberId, createdAt, digest, locale }: WebhookContent) {
  const text = digestText(digest, locale);
  return {
    type: 'highseas.reminder',
    id: digestId,
    createdAt,
    audience: digest.audience,
    member: { id: memberId, name: digest.memberName },
    title: text.title,
    text: blocksOf(text, '- ').join('\n'),
    customers: digest.entries,
    notices: digest.notices,
  };
}

function markdownOf({ title, sections }: DigestText, { digest }: WebhookContent): string {
  const blocks = sections.map(({ heading, lines }) =>
    [heading, lines.map((line) => `- ${line}`).join('\n')].join('\n\n'),
  );
  return [`### ${title}`, `**${fullWidth(digest.memberName)}**`, ...blocks].join('\n\n');
}

function blocksOf({ sections }: DigestText, bullet: string): string[] {
  return sections.flatMap(({ heading, lines }) => [heading, ...lines.map((line) => `${bullet}${line}`)]);
}

function titleOf({ digest, locale }: WebhookContent): string {
  return digestText(digest, locale, { mostListed: 0 }).title;
}

function fitting(
  { digest, locale }: WebhookContent,
  escape: (text: string) => string,
  render: (text: DigestText) => string,
  most: number,
  sizeOf: (text: string) => number,
): string {
  for (let mostListed = MOST_LISTED; ; mostListed = Math.floor(mostListed / 2)) {
    const text = render(digestText(digest, locale, { mostListed, escape }));
    if (sizeOf(text) <= most) return text;
    if (mostListed === 0) return cut(text, most, sizeOf);
  }
}

/** For a manager of so many pools that their headings alone are too long. */
function cut(text: string, most: number, sizeOf: (text: string) => number): string {
  let kept = bounded(text, most);
  while (sizeOf(kept) > most)
    kept = bounded(kept, kept.lastIndexOf('\n') > 0 ? kept.lastIndexOf('\n') : Math.floor(kept.length / 2));
  return kept;
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function characters(text: string): number {
  return text.length;
}

function unchanged(text: string): string {
  return text;
}

/** Slack: these three are all that has to be escaped. */
function slackEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `verbatim` keeps Slack from making links; the breaks keep its clients from it. */
function slackName(text: string): string {
  return slackEscaped(unlinked(text, invisiblyBroken));
}

/** The markdown of WeCom and DingTalk knows no escape, so what would be markup or a link is written as its full-width twin. */
function fullWidth(text: string): string {
  return unlinked(text, twin).replace(/[<>[\]()*_`#@!~|\\]/g, twin);
}

function twin(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
}

/** DingTalk 加签: base64 of HMAC-SHA256 over "<milliseconds>\n<secret>", keyed with the secret, in the address. */
function dingtalkSigned(url: string, secret: string, now: number): string {
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'));
  return signed.toString();
}

/** Feishu 签名校验: base64 of HMAC-SHA256 over nothing, keyed with "<seconds>\n<secret>". */
function feishuSignature(secret: string, now: number) {
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}

/** As Twenty signs its webhooks: hex of HMAC-SHA256 over "<milliseconds>:<body>". */
function jsonSignature(secret: string, now: number, body: string): Record<string, string> {
  return {
    'x-highseas-webhook-timestamp': String(now),
    'x-highseas-webhook-signature': createHmac('sha256', secret).update(`${now}:${body}`).digest('hex'),
  };
}
