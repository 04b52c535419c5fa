import {
  data,
  DEFAULT,
  type FakeAnswer,
  type FakeRequest,
  type FakeTwenty,
  graphqlFailure,
  startFakeTwenty,
} from '../../../test/support/fake-twenty';
import { ManualClock } from '../../../test/support/manual-clock';
import { type TwentyLayer, twentyLayer } from '../../../test/support/twenty-layer';
import { ReadCompaniesDocument, WriteCompaniesDocument } from '../generated/core';
import { TwentyError } from './twenty-error';

const interactive = { priority: 'interactive' } as const;
const expiredToken = graphqlFailure('UNAUTHENTICATED', 'Token invalid.', { subCode: 'UNAUTHENTICATED' });

describe('TwentyClient', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;

  const given = async (
    answer: (request: FakeRequest, count: number) => FakeAnswer | Promise<FakeAnswer>,
    env: Record<string, string | undefined> = {},
  ): Promise<void> => {
    fake = await startFakeTwenty((request, count) =>
      request.path === '/oauth/token' ? DEFAULT : answer(request, count),
    );
    layer = twentyLayer(fake.url, env);
  };
  const read = (options = {}) =>
    layer.client.request(ReadCompaniesDocument, { filter: {}, first: 1 }, { ...interactive, ...options });
  const write = (options = {}) =>
    layer.client.request(
      WriteCompaniesDocument,
      { filter: {}, data: { poolStatus: 'OWNED' } },
      { ...interactive, ...options },
    );
  const failureOf = async (call: Promise<unknown>): Promise<TwentyError> => {
    const error: unknown = await call.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof TwentyError)) throw new Error('Expected a TwentyError', { cause: error });
    return error;
  };

  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  it('should sign in once for calls that start together and use the token until it is old', async () => {
    await given(() => data({ companies: { edges: [] } }));
    await Promise.all([read(), read(), read()]);
    await read();
    expect(fake.signIns).toBe(1);
    expect(new Set(fake.requests.map(({ token }) => token))).toEqual(new Set(['token-1']));
  });

  it('should sign in anew a minute before the token expires', async () => {
    const clock = new ManualClock();
    fake = await startFakeTwenty(() => DEFAULT);
    layer = twentyLayer(fake.url, {}, clock);
    expect(await layer.auth.token()).toBe('token-1');
    await clock.advance(1_739_000);
    expect(await layer.auth.token()).toBe('token-1');
    await clock.advance(2_000);
    expect(await layer.auth.token()).toBe('token-2');
  });

  it('should repeat even a write once with a new token when Twenty says the old one is invalid', async () => {
    await given(({ token }) => (token === 'token-1' ? expiredToken : data({ updateCompanies: [] })));
    await expect(write()).resolves.toEqual({ updateCompanies: [] });
    expect(fake.requests.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('should give up after the second refused token', async () => {
    await given(() => expiredToken);
    expect(await failureOf(read())).toMatchObject({
      kind: 'UNAUTHENTICATED',
      retryable: false,
      mayHaveHappened: false,
    });
    expect(fake.requests).toHaveLength(2);
  });

  it("should not repeat a call that used somebody else's token", async () => {
    await given(() => expiredToken);
    expect(await failureOf(read({ token: 'theirs' }))).toMatchObject({ kind: 'UNAUTHENTICATED' });
    expect(fake.requests.map(({ token }) => token)).toEqual(['theirs']);
    expect(fake.signIns).toBe(0);
  });

  it('should say what was wrong with the credentials without asking Twenty again at once', async () => {
    fake = await startFakeTwenty(() => ({
      status: 401,
      json: { error: 'invalid_client', error_description: 'Client not found' },
    }));
    layer = twentyLayer(fake.url);
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: 'UNAUTHENTICATED', code: 'invalid_client', mayHaveHappened: false });
    await failureOf(read());
    expect(fake.signIns).toBe(1);
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(
      'client-secret-value',
    );
  });

  it('should report an app that is not installed as credentials that do not work', async () => {
    fake = await startFakeTwenty(() => ({
      status: 400,
      json: { error: 'server_error', error_description: 'No workspace installation found' },
    }));
    layer = twentyLayer(fake.url);
    expect(await failureOf(write())).toMatchObject({
      kind: 'UNAUTHENTICATED',
      code: 'server_error',
      mayHaveHappened: false,
    });
  });

  it('should use an API key as it is', async () => {
    await given(() => data({ companies: null }), {
      TWENTY_CLIENT_ID: undefined,
      TWENTY_CLIENT_SECRET: undefined,
      TWENTY_API_KEY: 'an-api-key-of-twenty',
    });
    await read();
    expect(fake.signIns).toBe(0);
    expect(fake.requests[0]?.token).toBe('an-api-key-of-twenty');
  });

  it('should try a read again after a server error', async () => {
    await given((_, count) => (count < 3 ? { status: 502, text: 'Bad gateway' } : data({ companies: { edges: [] } })));
    await expect(read()).resolves.toEqual({ companies: { edges: [] } });
    expect(fake.requests).toHaveLength(3);
  });

  it('should never repeat a write whose outcome is unknown', async () => {
    await given(() => ({ status: 500, text: 'oops' }));
    expect(await failureOf(write())).toMatchObject({ kind: 'SERVER', retryable: true, mayHaveHappened: true });
    expect(fake.requests).toHaveLength(1);
  });

  it('should say that a write without an answer may have happened', async () => {
    await given(() => 'hang');
    expect(await failureOf(write({ timeoutMs: 50 }))).toMatchObject({ kind: 'TIMEOUT', mayHaveHappened: true });
  });

  it('should say that a write on a broken connection may have happened', async () => {
    await given(() => 'reset');
    expect(await failureOf(write())).toMatchObject({ kind: 'UNREACHABLE', mayHaveHappened: true });
  });

  it('should say that a write to a Twenty that is not there did not happen', async () => {
    await given(() => data({ updateCompanies: [] }));
    await write();
    await fake.close();
    expect(await failureOf(write())).toMatchObject({ kind: 'UNREACHABLE' });
    expect(await failureOf(write())).toMatchObject({
      kind: 'UNREACHABLE',
      code: 'ECONNREFUSED',
      mayHaveHappened: false,
    });
  });

  it('should stop waiting when the caller does', async () => {
    await given(() => 'hang');
    expect(await failureOf(read({ signal: AbortSignal.timeout(50) }))).toMatchObject({
      kind: 'TIMEOUT',
      code: 'ABORTED',
    });
    expect(fake.requests.length).toBeLessThanOrEqual(1);
  });

  it('should stop waiting for a sign-in that hangs, knowing that nothing was sent', async () => {
    fake = await startFakeTwenty(() => 'hang');
    layer = twentyLayer(fake.url, { TWENTY_TIMEOUT_MS: '300' });
    expect(await failureOf(write({ signal: AbortSignal.timeout(50) }))).toMatchObject({
      code: 'ABORTED',
      mayHaveHappened: false,
    });
    expect(await failureOf(write())).toMatchObject({ kind: 'TIMEOUT', mayHaveHappened: false });
    expect(fake.requests).toHaveLength(0);
  });

  it('should fail reads at once after Twenty did not answer five times, and recover by itself', async () => {
    let down = true;
    await given(() => (down ? 'hang' : data({ companies: null })));
    await failureOf(read({ timeoutMs: 20 }));
    await failureOf(read({ timeoutMs: 20 }));
    const before = fake.requests.length;
    expect(await failureOf(read())).toMatchObject({
      kind: 'UNREACHABLE',
      code: 'CIRCUIT_OPEN',
      mayHaveHappened: false,
    });
    expect(fake.requests).toHaveLength(before);
    down = false;
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    await expect(read()).resolves.toEqual({ companies: null });
  });

  it('should tell whoever stopped waiting while Twenty was tried again that nothing was sent', async () => {
    let answerTry: (answer: FakeAnswer) => void = () => undefined;
    let isTried = false;
    await given(() => (isTried ? new Promise<FakeAnswer>((resolve) => (answerTry = resolve)) : 'hang'));
    await failureOf(read({ timeoutMs: 20 }));
    await failureOf(read({ timeoutMs: 20 }));
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    isTried = true;
    const before = fake.requests.length;
    const first = read();
    const leaving = new AbortController();
    const second = failureOf(read({ signal: leaving.signal }));
    while (fake.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    answerTry(data({ companies: null }));
    await expect(first).resolves.toEqual({ companies: null });
    expect(await second).toMatchObject({ kind: 'TIMEOUT', code: 'ABORTED', mayHaveHappened: false });
    expect(fake.requests).toHaveLength(before + 1);
  });

  it('should let what is asked for somebody else touch neither the engine’s budget nor its circuit', async () => {
    let limited = true;
    await given(() =>
      limited
        ? graphqlFailure('BAD_USER_INPUT', 'Limit reached (100 tokens per 60000 ms)', { subCode: 'LIMIT_REACHED' })
        : data({ companies: null }),
    );
    const apart = { apart: true, token: 'of somebody' };
    for (let turn = 0; turn < 8; turn += 1)
      expect(await failureOf(read(apart))).toMatchObject({ kind: 'RATE_LIMITED' });
    expect(fake.requests).toHaveLength(8);
    limited = false;
    await expect(read({ signal: AbortSignal.timeout(1_000) })).resolves.toEqual({ companies: null });
  });

  it('should let what is asked for somebody else wait for nothing that the engine waits for', async () => {
    await given(() => data({ companies: null }), { TWENTY_RATE_PER_MINUTE: '2' });
    await Promise.all([read(), read()]);
    expect(await failureOf(read({ signal: AbortSignal.timeout(30) }))).toMatchObject({ code: 'ABORTED' });
    await expect(read({ apart: true, token: 'of somebody' })).resolves.toEqual({ companies: null });
  });

  it("should hold further calls back when Twenty's limit is reached", async () => {
    await given((_, count) =>
      count === 1
        ? graphqlFailure('BAD_USER_INPUT', 'Limit reached (100 tokens per 60000 ms)', { subCode: 'LIMIT_REACHED' })
        : data({ updateCompanies: [] }),
    );
    const error = await failureOf(write());
    expect(error).toMatchObject({ kind: 'RATE_LIMITED', retryable: true, mayHaveHappened: false });
    // Counted from the bucket's own clock, which may be a millisecond on.
    expect(error.retryAfterMs).toBeGreaterThan(1_900);
    expect(error.retryAfterMs).toBeLessThanOrEqual(2_000);
    expect(await failureOf(write({ signal: AbortSignal.timeout(30) }))).toMatchObject({
      code: 'ABORTED',
      mayHaveHappened: false,
    });
    expect(fake.requests).toHaveLength(1);
  });

  it('should treat data beside errors as a failure that may have happened', async () => {
    await given(() => ({
      json: {
        data: { updateCompanies: [{ id: '1' }] },
        errors: [{ message: 'Half', extensions: { code: 'BAD_USER_INPUT' } }],
      },
    }));
    expect(await failureOf(write())).toMatchObject({ kind: 'REJECTED', mayHaveHappened: true });
  });

  it('should report an answer that is not GraphQL', async () => {
    await given(() => ({ text: '<html>hello</html>' }));
    expect(await failureOf(write())).toMatchObject({ kind: 'PROTOCOL', mayHaveHappened: true, retryable: false });
  });

  it('should keep what Twenty repeats of the input out of its messages', async () => {
    await given(() =>
      graphqlFailure(
        null,
        'Variable "$input" got invalid value "whsec-very-secret"; Field "x" is not defined. eyJhbGciOi.eyJzdWIi.c2ln',
      ),
    );
    const error = await failureOf(write());
    expect(error.kind).toBe('REJECTED');
    expect(error.message).not.toMatch(/whsec|eyJ/);
  });
});
