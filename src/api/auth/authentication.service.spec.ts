import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { MembersSync } from '../../sync/members-sync.service';
import type { WorkspaceIdentity } from '../../sync/workspace-identity.service';
import type { ApplicationIdentity, Introspection, TokenIdentity } from '../../twenty/client/introspection.service';
import { TwentyError, type TwentyErrorKind } from '../../twenty/client/twenty-error';
import { IndexBusyError } from '../../storage/engine-lock';
import { ApiError } from '../graphql/api-error';
import { AuthenticationService, type Credentials } from './authentication.service';
import type { AutomationHeaders, Automations } from './automations.service';
import { UnseenTokens } from './unseen-tokens.service';

const NOW = Date.parse('2026-03-10T10:00:00.000Z');
const identity: TokenIdentity = {
  userId: 'u',
  memberId: 'anna',
  email: 'anna@acme.example',
  locale: 'zh-CN',
  timeZone: null,
  workspaceId: 'w1',
  applicationId: 'app1',
  isWorkspaceAdmin: true,
  records: { read: ['COMPANY', 'PERSON'], change: ['COMPANY', 'PERSON'] },
  expiresAt: null,
};

/** What Anna's tokens say of themselves. */
const claims = { workspaceId: 'w1', applicationId: 'app1', userId: 'u', type: 'APPLICATION_ACCESS' };
const stranger = { userId: 'nobody we know' };
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (payload: object): string => `${part({ alg: 'ES256', typ: 'JWT' })}.${part(payload)}.c2ln`;

const ourApp: ApplicationIdentity = { memberId: null, workspaceId: 'w1', applicationId: 'app1', expiresAt: null };
const tom = { name: 'Tom', email: null, isWorkspaceAdmin: false, locale: 'en', via: 'WORKFLOW' };

interface Given {
  whoIs?: () => Promise<TokenIdentity | ApplicationIdentity>;
  /** Members in the index, and those that a reading of Twenty adds. */
  members?: string[];
  joined?: string[];
  applicationId?: string | null;
}

interface Asked {
  apart: boolean;
  signal: AbortSignal;
}

function given({ whoIs = async () => identity, members = ['anna'], joined = [], applicationId = 'app1' }: Given = {}) {
  const calls = { whoIs: 0, sync: 0 };
  const asked: Asked[] = [];
  const index = new Set(members);
  const introspection = {
    whoIs: (_token: string, options: Asked) => {
      calls.whoIs += 1;
      asked.push(options);
      return whoIs();
    },
  } as unknown as Introspection;
  const workspace = { current: async () => ({ id: 'w1', applicationId }) } as unknown as WorkspaceIdentity;
  const membersSync = {
    sync: async () => {
      calls.sync += 1;
      for (const id of joined) index.add(id);
    },
  } as unknown as MembersSync;
  const findOneBy = async (_entity: unknown, { id }: { id: string }) =>
    index.has(id) ? { id, name: 'Anna', email: identity.email } : null;
  const reading = { isComplete: true };
  const query = async (_sql: string, [id = '']: string[]) => [{ there: index.has(id), complete: reading.isComplete }];
  const find = async () => [{ userId: 'u' }, { userId: 'ben' }];
  const dataSource = { manager: { findOneBy, query, find } } as unknown as DataSource;
  const automations = {
    actingMember: async ({ member }: AutomationHeaders) => ({ ...tom, memberId: member }),
  } as unknown as Automations;
  const service = new AuthenticationService(
    introspection,
    workspace,
    membersSync,
    dataSource,
    automations,
    new UnseenTokens(dataSource),
  );
  return { calls, asked, index, reading, service };
}

/** @param name tells tokens apart */
const of = (name: string | null, member: string | null = null, fields: object = {}): Credentials => ({
  token: name && tokenOf({ ...claims, ...fields, jti: name }),
  automation: { member, via: member && 'WORKFLOW' },
  address: '192.0.2.1',
});

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.extensions['code'] : error),
  );
const failing =
  (kind: TwentyErrorKind, code: string | null = null) =>
  async (): Promise<never> => {
    throw new TwentyError({ kind, code, message: 'no', mayHaveHappened: false });
  };

/** Promises settle one after another; no timer is involved. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('authentication', () => {
  it('should refuse nobody while it is read anew who there is, and know them afterwards', async () => {
    const { index, reading, service } = given();
    await service.authenticate(of('known'));
    index.clear();
    reading.isComplete = false;
    for (const name of ['known', 'new'])
      await expect(service.authenticate(of(name))).rejects.toBeInstanceOf(IndexBusyError);
    index.add('anna');
    reading.isComplete = true;
    for (const name of ['known', 'new'])
      expect(await service.authenticate(of(name))).toMatchObject({ memberId: 'anna' });
  });

  beforeEach(() => {
    // The cache has kept the real `performance`, so that one has to tell the time, too.
    jest.useFakeTimers({ now: NOW, doNotFake: ['performance'] });
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(performance, 'now').mockImplementation(() => Date.now());
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('should know the member behind a token', async () => {
    expect(await given().service.authenticate(of('t'))).toEqual({
      memberId: 'anna',
      name: 'Anna',
      email: 'anna@acme.example',
      isWorkspaceAdmin: true,
      locale: 'zh-CN',
      records: identity.records,
    });
  });

  it.each([
    ['zh-TW', 'zh-CN'],
    ['ZH', 'zh-CN'],
    ['en', 'en'],
    ['de-DE', 'en'],
    [null, 'en'],
  ])('should speak to a member with the locale %p in %s', async (locale, spoken) => {
    expect((await given({ whoIs: async () => ({ ...identity, locale }) }).service.authenticate(of('t'))).locale).toBe(
      spoken,
    );
  });

  it.each([null, ''])('should ask nobody about a token that is %p', async (token) => {
    const { service, calls } = given();
    expect(await codeOf(service.authenticate(of(token)))).toBe('UNAUTHENTICATED');
    expect(calls.whoIs).toBe(0);
  });

  it.each<[string, Given]>([
    ['that Twenty refuses', { whoIs: failing('UNAUTHENTICATED') }],
    ['that has expired', { whoIs: failing('UNAUTHENTICATED', 'TOKEN_EXPIRED') }],
    ['of another workspace', { whoIs: async () => ({ ...identity, workspaceId: 'w2' }) }],
    ['of another app', { whoIs: async () => ({ ...identity, applicationId: 'app2' }) }],
    ['of a member whom Twenty no longer has', { members: [] }],
  ])('should refuse a token %s', async (_, situation) => {
    expect(await codeOf(given(situation).service.authenticate(of('t')))).toBe('UNAUTHENTICATED');
  });

  it.each<[string, Given]>([
    ['a token of no app', { whoIs: async () => ({ ...identity, applicationId: null }) }],
    ['any app while the engine has an API key and no app of its own', { applicationId: null }],
  ])('should accept %s', async (_, situation) => {
    expect(await codeOf(given(situation).service.authenticate(of('t')))).toBe('none');
  });

  it('should let our own app name the member it acts for, anew with each call', async () => {
    const { service, calls } = given({ whoIs: async () => ourApp });
    expect(await service.authenticate(of('t', 'tom'))).toEqual({ ...tom, memberId: 'tom' });
    expect(await service.authenticate(of('t', 'emma'))).toMatchObject({ memberId: 'emma' });
    expect(calls.whoIs).toBe(1);
  });

  it("should let nobody speak for others with a person's token", async () => {
    expect(await given().service.authenticate(of('t', 'tom'))).toEqual({
      memberId: 'anna',
      name: 'Anna',
      email: 'anna@acme.example',
      isWorkspaceAdmin: true,
      locale: 'zh-CN',
      records: identity.records,
    });
  });

  it.each<[string, Given]>([
    ['of another workspace', { whoIs: async () => ({ ...ourApp, workspaceId: 'w2' }) }],
    ['that is another one', { whoIs: async () => ({ ...ourApp, applicationId: 'app2' }) }],
    ['while the engine does not know its own', { whoIs: async () => ourApp, applicationId: null }],
    ['whose token has run out', { whoIs: async () => ({ ...ourApp, expiresAt: NOW }) }],
  ])('should refuse an app %s, whomever it names', async (_, situation) => {
    expect(await codeOf(given(situation).service.authenticate(of('t', 'tom')))).toBe('UNAUTHENTICATED');
  });

  it('should look for somebody who joined a moment ago', async () => {
    const { service, calls } = given({ members: [], joined: ['anna'] });
    expect((await service.authenticate(of('t'))).memberId).toBe('anna');
    expect(calls.sync).toBe(1);
  });

  it('should ask Twenty once for a burst, and again after a minute', async () => {
    const { service, calls } = given();
    await Promise.all([service.authenticate(of('t')), service.authenticate(of('t')), service.authenticate(of('t'))]);
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(59_000);
    await service.authenticate(of('t'));
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(2_000);
    await service.authenticate(of('t'));
    expect(calls.whoIs).toBe(2);
  });

  it('should tell tokens apart', async () => {
    const { service, calls } = given();
    await service.authenticate(of('a'));
    await service.authenticate(of('b'));
    expect(calls.whoIs).toBe(2);
  });

  it('should not believe a token beyond its own end', async () => {
    const { service } = given({ whoIs: async () => ({ ...identity, expiresAt: NOW + 10_000 }) });
    await service.authenticate(of('t'));
    jest.advanceTimersByTime(9_999);
    expect(await codeOf(service.authenticate(of('t')))).toBe('none');
    jest.advanceTimersByTime(1);
    expect(await codeOf(service.authenticate(of('t')))).toBe('UNAUTHENTICATED');
  });

  it('should remember a refusal for some seconds only', async () => {
    const { service, calls } = given({ whoIs: failing('UNAUTHENTICATED') });
    await codeOf(service.authenticate(of('t')));
    await codeOf(service.authenticate(of('t')));
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(11_000);
    await codeOf(service.authenticate(of('t')));
    expect(calls.whoIs).toBe(2);
  });

  it('should not take an outage of Twenty for a bad token, nor remember it', async () => {
    let down = true;
    const { service } = given({ whoIs: async () => (down ? failing('UNREACHABLE')() : identity) });
    expect(await codeOf(service.authenticate(of('t')))).toBeInstanceOf(TwentyError);
    down = false;
    expect(await codeOf(service.authenticate(of('t')))).toBe('none');
  });

  it.each<[string, string]>([
    ['of another workspace', tokenOf({ ...claims, workspaceId: 'w2' })],
    ['of no workspace', tokenOf({ ...claims, workspaceId: undefined })],
    ['of another app', tokenOf({ ...claims, applicationId: 'app2' })],
    ['that is none', 'garbage'],
    ['that has expired', tokenOf({ ...claims, exp: NOW / 1000 })],
  ])('should ask nobody about a token %s', async (_, token) => {
    const { service, calls } = given();
    expect(await codeOf(service.authenticate({ ...of('t'), token }))).toBe('UNAUTHENTICATED');
    expect(calls.whoIs).toBe(0);
  });

  it('should ask about a token for the first time apart from the engine’s own calls, and again among them', async () => {
    const { service, asked } = given();
    await service.authenticate(of('t'));
    jest.advanceTimersByTime(61_000);
    await service.authenticate(of('t'));
    expect(asked.map(({ apart }) => apart)).toEqual([true, false]);
  });

  it('should ask again sooner when the answer has to be fresh', async () => {
    const { service, calls } = given();
    await service.authenticate(of('t'));
    jest.advanceTimersByTime(4_000);
    await service.authenticate(of('t'), 5_000);
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(2_000);
    await service.authenticate(of('t'), 5_000);
    expect(calls.whoIs).toBe(2);
  });

  it('should turn a removed member away at once, whatever Twenty said a moment ago', async () => {
    const { service, index } = given();
    await service.authenticate(of('t'));
    index.delete('anna');
    expect(await codeOf(service.authenticate(of('t')))).toBe('UNAUTHENTICATED');
  });

  it('should ask again about a member of whom Twenty tells something, and about nobody else', async () => {
    const { service, calls } = given();
    await service.authenticate(of('t'));
    service.forget('ben');
    await service.authenticate(of('t'));
    expect(calls.whoIs).toBe(1);
    service.forget('anna');
    await service.authenticate(of('t'));
    expect(calls.whoIs).toBe(2);
  });

  it('should not keep an answer that was on its way when something about the member changed', async () => {
    let answer: (who: TokenIdentity) => void = () => undefined;
    const { service, calls } = given({ whoIs: () => new Promise((resolve) => (answer = resolve)) });
    const first = service.authenticate(of('t'));
    await settled();
    service.forget('anna');
    answer(identity);
    expect((await first).isWorkspaceAdmin).toBe(true);
    const second = service.authenticate(of('t'));
    await settled();
    answer({ ...identity, isWorkspaceAdmin: false });
    expect((await second).isWorkspaceAdmin).toBe(false);
    expect(calls.whoIs).toBe(2);
  });

  it('should give up when the last of those who wait has gone, and not before', async () => {
    const { service, asked } = given({ whoIs: () => new Promise(() => undefined) });
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [one, other].map(({ signal }) => codeOf(service.authenticate({ ...of('t'), signal })));
    await settled();
    one.abort();
    await settled();
    expect(asked[0]?.signal.aborted).toBe(false);
    other.abort();
    expect(await Promise.all(waiting)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
    void codeOf(service.authenticate(of('t')));
    await settled();
    expect(asked).toHaveLength(2);
  });

  describe('in a flood of tokens that nobody has seen', () => {
    /** Two hundred tokens that differ. */
    const flood = (service: AuthenticationService, fields: object) =>
      Promise.all(
        Array.from({ length: 200 }, (_, at) => codeOf(service.authenticate(of(`forged ${at}`, null, fields)))),
      );

    it('should ask Twenty about few of them, and refuse the rest with the time to come back', async () => {
      const { service, calls } = given();
      const answers = await flood(service, stranger);
      expect(calls.whoIs).toBe(60);
      expect(answers.filter((code) => code === 'RATE_LIMITED')).toHaveLength(140);
      await expect(service.authenticate(of('one more', null, stranger))).rejects.toMatchObject({
        extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number },
      });
    });

    it('should let a member with a new token in, and one with a known token too', async () => {
      const { service } = given();
      await service.authenticate(of('t'));
      await flood(service, stranger);
      jest.advanceTimersByTime(59_000);
      expect(await codeOf(service.authenticate(of('another of Anna’s')))).toBe('none');
      expect(await codeOf(service.authenticate(of('t'), 5_000))).toBe('none');
    });

    it('should not let tokens in one member’s name keep others out', async () => {
      const { service, calls } = given();
      await flood(service, {});
      expect(calls.whoIs).toBe(60);
      expect(await codeOf(service.authenticate(of('t')))).toBe('RATE_LIMITED');
      expect(await codeOf(service.authenticate(of('t', null, { userId: 'ben' })))).toBe('none');
    });

    it('should not let people keep automations out', async () => {
      const { service } = given({ whoIs: async () => ourApp });
      await flood(service, stranger);
      expect(await codeOf(service.authenticate(of('t', 'tom', { userId: undefined })))).toBe('none');
    });

    it('should not look any more at the tokens of an address that is refused again and again', async () => {
      const { service, calls } = given();
      const wrong = () => codeOf(service.authenticate({ ...of('t'), token: 'garbage' }));
      for (let turn = 0; turn < 120; turn += 1) await wrong();
      expect(await codeOf(service.authenticate(of('t', null, stranger)))).toBe('RATE_LIMITED');
      expect(calls.whoIs).toBe(0);
      expect(await codeOf(service.authenticate({ ...of('t', null, stranger), address: '192.0.2.2' }))).toBe('none');
      // What can be refused unseen is told as it is, so that a page with an old token asks for a new one.
      expect(await wrong()).toBe('UNAUTHENTICATED');
    });
  });
});
