import { startSandbox, type Sandbox } from '../src';
import { pluginManifest } from './support/plugin-manifest';
import { SandboxClient } from './support/sandbox-client';
import { WebhookReceiver } from './support/webhook-receiver';

describe('faults, limits and the clock', () => {
  let sandbox: Sandbox;
  let client: SandboxClient;
  let app: string;
  const create = 'mutation{createCompany(data:{name:"x"}){id}}';
  const companies = () => sandbox.workspace.store.table('company').size;

  const attempt = async (signal: AbortSignal): Promise<number | 'timeout'> => {
    try {
      const response = await fetch(`${sandbox.url}/graphql`, {
        method: 'POST',
        signal,
        headers: { authorization: `Bearer ${app}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: create }),
      });
      return response.status;
    } catch {
      return 'timeout';
    }
  };

  beforeEach(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest(), sample: false });
    client = new SandboxClient(sandbox);
    app = await client.appToken();
  });
  afterEach(() => sandbox.close());

  it('should answer with an error and do nothing', async () => {
    await client.post('/sandbox/faults', { errorRate: 1, statusCode: 502 });
    expect(await attempt(AbortSignal.timeout(2000))).toBe(502);
    expect(companies()).toBe(0);
    await client.post('/sandbox/faults', {});
    expect(await attempt(AbortSignal.timeout(2000))).toBe(200);
  });

  it('should do the work and never answer', async () => {
    sandbox.setFaults({ timeoutRate: 1 });
    expect(await attempt(AbortSignal.timeout(300))).toBe('timeout');
    expect(companies()).toBe(1);
  });

  it('should answer late', async () => {
    sandbox.setFaults({ timeoutRate: 1, lateMs: 150 });
    const start = performance.now();
    expect(await attempt(AbortSignal.timeout(2000))).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('should hang without doing the work', async () => {
    sandbox.setFaults({ timeoutBeforeRate: 1 });
    expect(await attempt(AbortSignal.timeout(300))).toBe('timeout');
    expect(companies()).toBe(0);
  });

  it('should fail only the next requests that match', async () => {
    sandbox.setFaults({ errorRate: 1, matching: 'createCompany', count: 2 });
    expect((await client.records(app, '{companies{totalCount}}')).errors).toBeUndefined();
    expect(await attempt(AbortSignal.timeout(2000))).toBe(503);
    expect(await attempt(AbortSignal.timeout(2000))).toBe(503);
    expect(await attempt(AbortSignal.timeout(2000))).toBe(200);
  });

  it('should lose webhooks on request', async () => {
    const receiver = await WebhookReceiver.start();
    await client.metadata(app, 'mutation($i:CreateWebhookInput!){createWebhook(input:$i){id}}', {
      i: { targetUrl: receiver.url, operations: ['company.*'] },
    });
    sandbox.setFaults({ dropWebhookRate: 1 });
    await client.records(app, create);
    await sandbox.webhooks.idle();
    expect(receiver.deliveries).toEqual([]);
    expect(sandbox.webhooks.counts.dropped).toBe(1);
    await receiver.close();
  });

  it('should limit an application by root fields, and people not at all', async () => {
    sandbox.setFaults({ rateLimit: 5 });
    const two = '{companies{totalCount} people{totalCount}}';
    const first = await client.records(app, two);
    const second = await client.records(app, two);
    const third = await client.records(app, two);
    expect([first.errors, second.errors]).toEqual([undefined, undefined]);
    expect(third.data).toMatchObject({ people: null });
    expect(third.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', subCode: 'LIMIT_REACHED' });
    const user = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    for (let index = 0; index < 10; index += 1) expect((await client.records(user, two)).errors).toBeUndefined();
  });

  it('should stamp records with the time of its own clock', async () => {
    await client.post('/sandbox/clock', { now: '2027-03-01T10:00:00.000Z' });
    await client.post('/sandbox/clock', { advanceDays: 2, advanceSeconds: 30 });
    const token = await client.appToken();
    const answer = await client.records<{ createCompany: { createdAt: string } }>(
      token,
      'mutation{createCompany(data:{name:"x"}){createdAt}}',
    );
    expect(answer.data?.createCompany.createdAt).toMatch(/^2027-03-03T10:00:[34]\d\.\d{3}Z$/);
  });

  it('should refuse malformed requests with a status and stay up', async () => {
    const malformed = await fetch(`${sandbox.url}/graphql`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(malformed.status).toBe(400);
    expect((await client.post('/sandbox/clock', { advanceDays: 'x' })).status).toBe(400);
    expect((await client.post('/sandbox/faults', { matching: '(' })).status).toBe(400);
    expect((await client.records(app, '{companies(first:-1){totalCount}}')).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect((await client.get('/nowhere')).status).toBe(404);
    expect((await client.post('/sandbox/token', { email: 'nobody@highseas.example' })).status).toBe(404);
    expect(await client.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
