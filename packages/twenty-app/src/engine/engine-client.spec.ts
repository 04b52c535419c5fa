import { EngineFault } from '../domain/fault';
import { createEngineClient } from './engine-client';
import { fakeHost, type Reply, type Sent } from './fake-host';
import { requestJson } from './http';

const CUSTOMERS = [{ object: 'COMPANY' as const, recordId: 'a' }];
const CLAIMED = { data: { claim: { outcomes: [] } } };

const engineAt = (reply: (sent: Sent) => Reply) => (sent: Sent) =>
  sent.url === 'https://twenty.test/s/highseas/engine' ? { json: { engineUrl: 'https://engine.test/' } } : reply(sent);

async function faultOf(work: Promise<unknown>): Promise<EngineFault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineFault)) throw new Error('expected an EngineFault');
  return error;
}

describe('the engine as a component uses it', () => {
  it('should ask Twenty once where the engine is, and post there with the member’s token and language', async () => {
    const { host, sent } = fakeHost(engineAt(() => ({ json: CLAIMED })));
    const engine = createEngineClient(host, 'zh-CN');

    await engine.claim(CUSTOMERS);
    await engine.claim(CUSTOMERS);

    expect(sent.map(({ url }) => url)).toEqual([
      'https://twenty.test/s/highseas/engine',
      'https://engine.test/graphql',
      'https://engine.test/graphql',
    ]);
    expect(sent[1]).toMatchObject({
      authorization: 'Bearer first',
      headers: { 'accept-language': 'zh-CN' },
      body: { variables: { customers: CUSTOMERS } },
    });
  });

  it('should give every command a request id of its own', async () => {
    const { host, sent } = fakeHost(engineAt(() => ({ json: CLAIMED })));
    const engine = createEngineClient(host, 'en');

    await engine.claim(CUSTOMERS);
    await engine.claim(CUSTOMERS);

    const ids = sent.slice(1).map(({ body }) => body?.variables?.requestId);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('should send a command that was lost on its way again, with the same request id', async () => {
    let calls = 0;
    const { host, sent } = fakeHost(engineAt(() => ((calls += 1) === 1 ? 'network error' : { json: CLAIMED })));

    await createEngineClient(host, 'en').claim(CUSTOMERS);

    const [, first, second] = sent;
    expect(first?.body?.variables?.requestId).toBeTruthy();
    expect(second?.body?.variables?.requestId).toBe(first?.body?.variables?.requestId);
  });

  it('should repeat a command whose outcome is not known with its request id, and no other', async () => {
    let calls = 0;
    const { host, sent } = fakeHost(
      engineAt(() => ((calls += 1) <= 2 ? { status: 502, text: '<html>' } : { json: CLAIMED })),
    );
    const engine = createEngineClient(host, 'en');
    const other = [{ object: 'COMPANY' as const, recordId: 'b' }];
    for (const customers of [CUSTOMERS, other]) await expect(engine.claim(customers)).rejects.toThrow('UNAVAILABLE');

    await engine.claim(CUSTOMERS);
    await engine.claim(CUSTOMERS);

    const [first, second, repeated, fresh] = sent.slice(1).map(({ body }) => body?.variables?.requestId);
    expect(repeated).toBe(first);
    expect(new Set([first, second, fresh]).size).toBe(3);
  });

  it('should take a new request id when the engine has said no', async () => {
    const { host, sent } = fakeHost(
      engineAt(() => ({ json: { errors: [{ message: 'No', extensions: { code: 'FORBIDDEN' } }] } })),
    );
    const engine = createEngineClient(host, 'en');
    for (let turn = 0; turn < 2; turn += 1) await expect(engine.claim(CUSTOMERS)).rejects.toThrow('FORBIDDEN');

    expect(new Set(sent.slice(1).map(({ body }) => body?.variables?.requestId)).size).toBe(2);
  });

  it.each([
    [500, 'UNAVAILABLE'],
    [429, 'RATE_LIMITED'],
  ])('should understand a bare %s of something between as %s', async (status, expected) => {
    const { host } = fakeHost(engineAt(() => ({ status, json: { message: 'no' } })));

    expect((await faultOf(createEngineClient(host, 'en').claim(CUSTOMERS))).code).toBe(expected);
  });

  it('should look for the engine again when asking for its address was what failed', async () => {
    let lookups = 0;
    const { host, sent } = fakeHost((request) =>
      request.url.endsWith('/highseas/engine') && (lookups += 1) === 1
        ? 'network error'
        : engineAt(() => ({ json: CLAIMED }))(request),
    );

    await createEngineClient(host, 'en').claim(CUSTOMERS);

    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/s/highseas/engine',
      '/s/highseas/engine',
      '/graphql',
    ]);
  });

  it('should renew a token that has run out, once', async () => {
    const { host, sent } = fakeHost(
      engineAt(({ authorization }) => (authorization === 'Bearer second' ? { json: CLAIMED } : { status: 401 })),
      { refreshToken: () => Promise.resolve('second') },
    );

    await createEngineClient(host, 'en').claim(CUSTOMERS);

    expect(sent.slice(1).map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('should say that the session has expired when the host has no fresh token', async () => {
    const { host } = fakeHost(
      engineAt(() => ({ status: 401 })),
      { refreshToken: () => Promise.reject(new Error('no')) },
    );

    expect((await faultOf(createEngineClient(host, 'en').claim(CUSTOMERS))).code).toBe('SESSION_EXPIRED');
  });

  it('should say that Highseas is not set up when nobody has entered the address', async () => {
    const { host } = fakeHost(() => ({ json: { engineUrl: '' } }));

    expect((await faultOf(createEngineClient(host, 'en').claim(CUSTOMERS))).code).toBe('NOT_SET_UP');
  });

  it.each([
    ['UNAUTHENTICATED', 'SESSION_EXPIRED'],
    ['FORBIDDEN', 'FORBIDDEN'],
    ['RATE_LIMITED', 'RATE_LIMITED'],
    ['UNAVAILABLE', 'UNAVAILABLE'],
    ['BAD_USER_INPUT', 'BAD_REQUEST'],
    ['SOMETHING_NEW', 'INTERNAL'],
  ])('should turn the engine’s %s into %s', async (code, expected) => {
    const { host } = fakeHost(
      engineAt(() => ({ json: { errors: [{ message: 'No', extensions: { code, retryAfter: 2.4 } }] } })),
    );

    const fault = await faultOf(createEngineClient(host, 'en').claim(CUSTOMERS));

    expect(fault.code).toBe(expected);
    expect(fault.retryAfterSeconds).toBe(expected === 'RATE_LIMITED' ? 3 : undefined);
  });

  it('should take a page that is no JSON for an engine that is not available', async () => {
    const { host } = fakeHost(engineAt(() => ({ status: 502, text: '<html>Bad gateway</html>' })));

    expect((await faultOf(createEngineClient(host, 'en').claim(CUSTOMERS))).code).toBe('UNAVAILABLE');
  });

  it('should stop waiting for an answer that does not come', async () => {
    const { host } = fakeHost(() => 'never');

    expect((await faultOf(requestJson(host, 'https://engine.test/graphql', {}, 20))).code).toBe('TIMEOUT');
  });
});
