import type { DataSource } from 'typeorm';
import type { MembersSync } from '../../sync/members-sync.service';
import type { WorkspaceIdentity } from '../../sync/workspace-identity.service';
import type { ApplicationIdentity, Introspection, TokenIdentity } from '../../twenty/client/introspection.service';
import { TwentyError, type TwentyErrorKind } from '../../twenty/client/twenty-error';
import { ApiError } from '../graphql/api-error';
import { AuthenticationService } from './authentication.service';
import type { AutomationHeaders, Automations } from './automations.service';

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

const ourApp: ApplicationIdentity = { memberId: null, workspaceId: 'w1', applicationId: 'app1', expiresAt: null };
const tom = { name: 'Tom', email: null, isWorkspaceAdmin: false, locale: 'en', via: 'WORKFLOW' };

interface Given {
  whoIs?: () => Promise<TokenIdentity | ApplicationIdentity>;
  /** Members in the index, and those that a reading of Twenty adds. */
  members?: string[];
  joined?: string[];
  applicationId?: string | null;
}

function given({ whoIs = async () => identity, members = ['anna'], joined = [], applicationId = 'app1' }: Given = {}) {
  const calls = { whoIs: 0, sync: 0 };
  const index = new Set(members);
  const introspection = {
    whoIs: () => {
      calls.whoIs += 1;
      return whoIs();
    },
  } as unknown as Introspection;
  const workspace = {
    current: null,
    confirm: async () => ({ id: 'w1', applicationId }),
  } as unknown as WorkspaceIdentity;
  const membersSync = {
    sync: async () => {
      calls.sync += 1;
      for (const id of joined) index.add(id);
    },
  } as unknown as MembersSync;
  const findOneBy = async (_entity: unknown, { id }: { id: string }) =>
    index.has(id) ? { id, name: 'Anna', email: identity.email } : null;
  const dataSource = { manager: { findOneBy } } as unknown as DataSource;
  const automations = {
    actingMember: async ({ member }: AutomationHeaders) => ({ ...tom, memberId: member }),
  } as unknown as Automations;
  return { calls, service: new AuthenticationService(introspection, workspace, membersSync, dataSource, automations) };
}

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

describe('authentication', () => {
  beforeEach(() => {
    // The cache has kept the real `performance`, so that one has to tell the time, too.
    jest.useFakeTimers({ now: NOW, doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => Date.now());
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('should know the member behind a token', async () => {
    expect(await given().service.authenticate('t')).toEqual({
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
    expect((await given({ whoIs: async () => ({ ...identity, locale }) }).service.authenticate('t')).locale).toBe(
      spoken,
    );
  });

  it.each([null, ''])('should ask nobody about a token that is %p', async (token) => {
    const { service, calls } = given();
    expect(await codeOf(service.authenticate(token))).toBe('UNAUTHENTICATED');
    expect(calls.whoIs).toBe(0);
  });

  it.each<[string, Given]>([
    ['that Twenty refuses', { whoIs: failing('UNAUTHENTICATED') }],
    ['that has expired', { whoIs: failing('UNAUTHENTICATED', 'TOKEN_EXPIRED') }],
    ['of another workspace', { whoIs: async () => ({ ...identity, workspaceId: 'w2' }) }],
    ['of another app', { whoIs: async () => ({ ...identity, applicationId: 'app2' }) }],
    ['of a member whom Twenty no longer has', { members: [] }],
  ])('should refuse a token %s', async (_, situation) => {
    expect(await codeOf(given(situation).service.authenticate('t'))).toBe('UNAUTHENTICATED');
  });

  it.each<[string, Given]>([
    ['a token of no app', { whoIs: async () => ({ ...identity, applicationId: null }) }],
    ['any app while the engine has an API key and no app of its own', { applicationId: null }],
  ])('should accept %s', async (_, situation) => {
    expect(await codeOf(given(situation).service.authenticate('t'))).toBe('none');
  });

  it('should let our own app name the member it acts for, anew with each call', async () => {
    const { service, calls } = given({ whoIs: async () => ourApp });
    expect(await service.authenticate('t', { member: 'tom', via: 'WORKFLOW' })).toEqual({ ...tom, memberId: 'tom' });
    expect(await service.authenticate('t', { member: 'emma', via: 'WORKFLOW' })).toMatchObject({ memberId: 'emma' });
    expect(calls.whoIs).toBe(1);
  });

  it("should let nobody speak for others with a person's token", async () => {
    expect(await given().service.authenticate('t', { member: 'tom', via: 'WORKFLOW' })).toEqual({
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
    expect(await codeOf(given(situation).service.authenticate('t', { member: 'tom', via: 'WORKFLOW' }))).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('should look for somebody who joined a moment ago', async () => {
    const { service, calls } = given({ members: [], joined: ['anna'] });
    expect((await service.authenticate('t')).memberId).toBe('anna');
    expect(calls.sync).toBe(1);
  });

  it('should ask Twenty once for a burst, and again after a minute', async () => {
    const { service, calls } = given();
    await Promise.all([service.authenticate('t'), service.authenticate('t'), service.authenticate('t')]);
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(59_000);
    await service.authenticate('t');
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(2_000);
    await service.authenticate('t');
    expect(calls.whoIs).toBe(2);
  });

  it('should tell tokens apart', async () => {
    const { service, calls } = given();
    await service.authenticate('a');
    await service.authenticate('b');
    expect(calls.whoIs).toBe(2);
  });

  it('should not believe a token beyond its own end', async () => {
    const { service } = given({ whoIs: async () => ({ ...identity, expiresAt: NOW + 10_000 }) });
    await service.authenticate('t');
    jest.advanceTimersByTime(9_999);
    expect(await codeOf(service.authenticate('t'))).toBe('none');
    jest.advanceTimersByTime(1);
    expect(await codeOf(service.authenticate('t'))).toBe('UNAUTHENTICATED');
  });

  it('should remember a refusal for some seconds only', async () => {
    const { service, calls } = given({ whoIs: failing('UNAUTHENTICATED') });
    await codeOf(service.authenticate('t'));
    await codeOf(service.authenticate('t'));
    expect(calls.whoIs).toBe(1);
    jest.advanceTimersByTime(11_000);
    await codeOf(service.authenticate('t'));
    expect(calls.whoIs).toBe(2);
  });

  it('should not take an outage of Twenty for a bad token, nor remember it', async () => {
    let down = true;
    const { service } = given({ whoIs: async () => (down ? failing('UNREACHABLE')() : identity) });
    expect(await codeOf(service.authenticate('t'))).toBeInstanceOf(TwentyError);
    down = false;
    expect(await codeOf(service.authenticate('t'))).toBe('none');
  });
});
