import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EngineConfig } from '../config/engine-config';
import type { WebhookKind } from '../domain/reminders/digest.types';
import { WebhookSender } from './webhook-sender.service';

describe('sending webhooks', () => {
  let server: Server;
  let base: string;
  let got: { path: string | undefined; body: string; type: string | undefined }[] = [];
  let answer: (response: ServerResponse) => void = (response) => void response.end('ok');
  const senders: WebhookSender[] = [];

  const senderThat = (allowPrivateWebhooks: boolean) => {
    const sender = new WebhookSender({ allowPrivateWebhooks } as EngineConfig);
    senders.push(sender);
    return sender;
  };
  const message = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"a":"公海"}' });
  const post = (kind: WebhookKind = 'JSON', path = '/hook?key=1', allowed = true) =>
    senderThat(allowed).post(kind, message(`${base}${path}`));

  beforeAll(async () => {
    server = createServer((request: IncomingMessage, response) => {
      let body = '';
      request
        .setEncoding('utf8')
        .on('data', (chunk: string) => void (body += chunk))
        .on('end', () => {
          got.push({ path: request.url, body, type: request.headers['content-type'] });
          answer(response);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    got = [];
    answer = (response) => void response.end('ok');
  });
  afterAll(async () => {
    await Promise.all(senders.map((sender) => sender.onApplicationShutdown()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('should post the message as it is', async () => {
    await post();
    expect(got).toEqual([{ path: '/hook?key=1', body: '{"a":"公海"}', type: 'application/json' }]);
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'https://localhost:PORT/',
    'https://[::1]:PORT/',
    'http://8.8.8.8/',
    'ftp://8.8.8.8/',
    'nowhere',
  ])('should not reach for %s unless private addresses are allowed', async (url) => {
    const to = url.replace('PORT', new URL(base).port);
    await expect(senderThat(false).post('JSON', message(to))).rejects.toMatchObject({ code: 'WEBHOOK_BLOCKED' });
    expect(got).toEqual([]);
  });

  it('should follow no redirect', async () => {
    answer = (response) => void response.writeHead(307, { location: `${base}/elsewhere` }).end();
    await expect(post()).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', status: 307 });
    expect(got).toHaveLength(1);
  });

  it.each<[WebhookKind, string, number | null]>([
    ['WECOM', '{"errcode":0,"errmsg":"ok"}', null],
    ['WECOM', '{"errcode":93000,"errmsg":"invalid webhook url"}', 93000],
    ['DINGTALK', '{"errcode":310000,"errmsg":"sign not match"}', 310000],
    ['FEISHU', '{"code":19021,"msg":"sign match fail"}', 19021],
    ['FEISHU', '{"StatusCode":0,"StatusMessage":"success"}', null],
    ['SLACK', 'ok', null],
    ['JSON', '{"code":5}', null],
  ])('should believe what %s answers with 200: %s', async (kind, text, status) => {
    answer = (response) => void response.end(text);
    if (status === null) await expect(post(kind)).resolves.toBeUndefined();
    else await expect(post(kind)).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', status });
  });

  it('should say that nobody answers without saying where', async () => {
    answer = (response) => void response.destroy();
    const error: unknown = await post('JSON', '/hook?key=hunter2').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'WEBHOOK_UNREACHABLE', retryable: true });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/hunter2|127\.0\.0\.1/);
  });

  it('should wait five seconds and no longer', async () => {
    answer = () => undefined;
    const began = Date.now();
    await expect(post()).rejects.toMatchObject({ code: 'WEBHOOK_UNREACHABLE' });
    expect(Date.now() - began).toBeGreaterThan(4_500);
    expect(Date.now() - began).toBeLessThan(8_000);
  }, 15_000);
});
