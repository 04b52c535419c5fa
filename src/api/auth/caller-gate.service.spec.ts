import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import type { ActingMember } from '../../domain/customer/acting-member';
import { TwentyError } from '../../twenty/client/twenty-error';
import { ApiError } from '../graphql/api-error';
import type { AuthenticationService, Credentials } from './authentication.service';
import { CallerGate } from './caller-gate.service';
import { MemberPace } from './member-pace.service';
import type { AuthenticatedRequest } from './request-context';

const anna = { memberId: 'anna' } as ActingMember;

class Answer extends EventEmitter {
  code = 0;
  body: unknown = null;
  destroyed = false;
  readonly headers: Record<string, string> = {};
  setHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  status(code: number): this {
    this.code = code;
    return this;
  }
  json(body: unknown): void {
    this.body = body;
  }
}

describe('CallerGate', () => {
  let asked: Credentials[];

  const gateThat = (authenticate: () => Promise<ActingMember>) =>
    new CallerGate(
      {
        authenticate: (credentials: Credentials) => {
          asked.push(credentials);
          return authenticate();
        },
      } as unknown as AuthenticationService,
      new MemberPace(),
    );
  async function call(gate: CallerGate, request: Partial<AuthenticatedRequest> = {}) {
    const answer = new Answer();
    const next = jest.fn();
    const asking = { method: 'POST', headers: {}, ip: '192.0.2.7', ...request } as AuthenticatedRequest;
    await gate.admit(asking, answer as unknown as Response, next);
    return { answer, next, request: asking };
  }
  const failing = (error: Error) =>
    gateThat(async () => {
      throw error;
    });

  beforeEach(() => (asked = []));

  it('should pass on who calls', async () => {
    const { request, next } = await call(gateThat(async () => anna));
    expect(next).toHaveBeenCalledTimes(1);
    expect(request.member).toBe(anna);
  });

  it.each([
    ['Bearer abc.def', 'abc.def'],
    ['bearer abc', 'abc'],
    ['Bearer   abc', 'abc'],
    ['Basic abc', null],
    ['Bearer', null],
    ['Bearer a b', null],
    ['abc', null],
    ['', null],
  ])('should read the token of %p as %p', async (authorization, token) => {
    await call(
      gateThat(async () => anna),
      { headers: { authorization } },
    );
    expect(asked).toMatchObject([{ token }]);
  });

  it('should read on whose behalf an automation calls', async () => {
    const headers = { 'x-highseas-member': 'tom', 'x-highseas-via': 'AI' };
    await call(
      gateThat(async () => anna),
      { headers },
    );
    expect(asked).toMatchObject([{ automation: { member: 'tom', via: 'AI' } }]);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '8193:3512:1:2'],
    ['2001:db8:1:2:ffff::1', '8193:3512:1:2'],
    [undefined, ''],
  ])('should know %p as %p', async (ip, address) => {
    await call(
      gateThat(async () => anna),
      { ip } as Partial<AuthenticatedRequest>,
    );
    expect(asked).toMatchObject([{ address }]);
  });

  it('should answer a refusal without passing anything on', async () => {
    const refusal = new ApiError('RATE_LIMITED', 'Too many', { retryAfter: 7 });
    const { answer, next } = await call(failing(refusal));
    expect(next).not.toHaveBeenCalled();
    expect(answer).toMatchObject({
      code: 429,
      headers: { 'Retry-After': '7' },
      body: { errors: [{ message: 'Too many', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }] },
    });
  });

  it('should say that Twenty is away when it is', async () => {
    const away = new TwentyError({ kind: 'UNREACHABLE', message: 'no', mayHaveHappened: false });
    const { answer } = await call(failing(away));
    expect(answer.code).toBe(503);
    expect(answer.body).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE', reason: 'TWENTY_UNREACHABLE' } }],
    });
  });

  it('should tell whoever asks for the caller that they have gone', async () => {
    const { answer } = await call(gateThat(async () => anna));
    expect(asked[0]?.signal?.aborted).toBe(false);
    answer.emit('close');
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  it('should take nothing but POST', async () => {
    const { answer, next } = await call(
      gateThat(async () => anna),
      { method: 'GET' },
    );
    expect(next).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
    expect(answer).toMatchObject({ code: 405, headers: { Allow: 'POST' } });
  });
});
