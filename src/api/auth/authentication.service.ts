import { Injectable } from '@nestjs/common';
import { TaskCancelledError } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { DataSource, IsNull } from 'typeorm';
import { localeOf } from '../../notifications/member-locale';
import type { ActingMember } from '../../domain/customer/acting-member';
import { MemberEntity } from '../../storage/entities/member.entity';
import { MembersSync } from '../../sync/members-sync.service';
import { WorkspaceIdentity } from '../../sync/workspace-identity.service';
import { type ApplicationIdentity, Introspection, type TokenIdentity } from '../../twenty/client/introspection.service';
import { type TokenClaims, tokenClaims } from '../../twenty/client/token-claims';
import { isTwentyError } from '../../twenty/client/twenty-error';
import { ApiError } from '../graphql/api-error';
import { type AutomationHeaders, Automations, noAutomation } from './automations.service';
import { SharedWork } from './shared-work';
import { isPresent } from './present-members';
import { UnseenTokens } from './unseen-tokens.service';

/** Rights may change at any time, so an answer of Twenty is believed for this long at most. */
const believedForMs = 60_000;
const refusedForMs = 10_000;
const mostTokens = 10_000;

/** `member` is null for our own app calling without a person. */
interface Identity {
  member: ActingMember | null;
  expiresAt: number | null;
  /** Milliseconds since the epoch. */
  askedAt: number;
}
type Verdict = Identity | { refusal: string };

/** Who calls, as far as the request itself shows it. */
export interface Credentials {
  token: string | null;
  /** What an automation says of itself; a person's token ignores it. */
  automation?: AutomationHeaders;
  /** Of the connection, or as a trusted proxy says. */
  address?: string;
  /** Aborted when the caller has gone. */
  signal?: AbortSignal;
}

/** Tells who a token is: Twenty is asked, its answer kept for a minute and never beyond the token's end. */
@Injectable()
export class AuthenticationService {
  /** By hash, so that no token lies about in memory. */
  private readonly verdicts = new LRUCache<string, Verdict>({ max: mostTokens, ttl: believedForMs });
  /** So that a burst asks once. */
  private readonly asking = new Map<string, SharedWork<Verdict>>();
  /** Tokens that Twenty has confirmed: asking again about them is never held up by those that nobody has seen. */
  private readonly confirmed = new LRUCache<string, true>({ max: mostTokens });
  /** Counts what `forget` was told, so that an answer on its way meanwhile is not kept. */
  private forgotten = 0;

  constructor(
    private readonly introspection: Introspection,
    private readonly workspace: WorkspaceIdentity,
    private readonly membersSync: MembersSync,
    private readonly dataSource: DataSource,
    private readonly automations: Automations,
    private readonly unseen: UnseenTokens,
  ) {}

  /**
   * @param within Twenty's answer is at most this old, in milliseconds
   * @throws ApiError UNAUTHENTICATED: no, bad or expired token, another workspace's or another app's, a member who was removed
   * @throws ApiError RATE_LIMITED: too many unknown tokens; UNAVAILABLE: the caller has gone
   * @throws ApiError as Automations.actingMember
   * @throws TwentyError when Twenty cannot be asked; IndexBusyError while the members are read anew
   */
  async authenticate(credentials: Credentials, within = believedForMs): Promise<ActingMember> {
    const { token, automation = noAutomation, address = '' } = credentials;
    try {
      const { member } = await this.identity(token, address, credentials.signal, within);
      if (!member) return await this.automations.actingMember(automation);
      if (!(await this.isThere(member.memberId))) throw new ApiError('UNAUTHENTICATED', invalid);
      return member;
    } catch (error) {
      if (error instanceof ApiError && error.extensions['code'] === 'UNAUTHENTICATED')
        await this.unseen.refused(address);
      throw error;
    }
  }

  /** Something about the member has changed in Twenty: it is asked again, on the next request of theirs. */
  forget(memberId: string): void {
    this.forgotten += 1;
    for (const [key, verdict] of this.verdicts.entries())
      if ('member' in verdict && verdict.member?.memberId === memberId) this.verdicts.delete(key);
  }

  private async identity(
    token: string | null,
    address: string,
    signal: AbortSignal | undefined,
    within: number,
  ): Promise<Identity> {
    if (!token) throw new ApiError('UNAUTHENTICATED', 'A Twenty token is needed. 需要 Twenty 令牌。');
    const claims = tokenClaims(token);
    if (!claims) throw new ApiError('UNAUTHENTICATED', invalid);
    if (hasExpired(claims)) throw new ApiError('UNAUTHENTICATED', expired);
    const workspace = await this.workspace.current();
    if (isForeign(claims, workspace)) throw new ApiError('UNAUTHENTICATED', foreign);
    const key = createHash('sha256').update(token).digest('base64');
    const verdict = this.known(key, within) ?? (await this.asked(key, token, claims, address, signal));
    if ('refusal' in verdict) throw new ApiError('UNAUTHENTICATED', verdict.refusal);
    if (hasExpired(verdict)) throw new ApiError('UNAUTHENTICATED', expired);
    return verdict;
  }

  private known(key: string, within: number): Verdict | null {
    const verdict = this.verdicts.get(key);
    return verdict && ('refusal' in verdict || Date.now() - verdict.askedAt < within) ? verdict : null;
  }

  private async asked(
    key: string,
    token: string,
    claims: TokenClaims,
    address: string,
    signal: AbortSignal | undefined,
  ): Promise<Verdict> {
    const running = this.asking.get(key);
    const work = running && !running.isGivenUp ? running : this.start(key, token, claims, address);
    try {
      return await work.wait(signal);
    } catch (error) {
      if (signal?.aborted || error instanceof TaskCancelledError) throw new ApiError('UNAVAILABLE', gone);
      throw error;
    }
  }

  private start(key: string, token: string, claims: TokenClaims, address: string): SharedWork<Verdict> {
    const work = new SharedWork(async (signal) => {
      try {
        return await this.askAndKeep(key, token, claims, address, signal);
      } finally {
        if (this.asking.get(key) === work) this.asking.delete(key);
      }
    });
    this.asking.set(key, work);
    return work;
  }

  private async askAndKeep(
    key: string,
    token: string,
    claims: TokenClaims,
    address: string,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { forgotten } = this;
    const isConfirmed = this.confirmed.has(key);
    const ask = () => this.ask(token, signal, !isConfirmed);
    const verdict = isConfirmed ? await ask() : await this.unseen.ask(claims, address, signal, ask);
    if ('refusal' in verdict) {
      this.confirmed.delete(key);
      this.verdicts.set(key, verdict, { ttl: refusedForMs });
    } else {
      this.confirmed.set(key, true);
      if (forgotten === this.forgotten) this.verdicts.set(key, verdict);
    }
    return verdict;
  }

  private async ask(token: string, signal: AbortSignal, apart: boolean): Promise<Verdict> {
    const askedAt = Date.now();
    let identity: TokenIdentity | ApplicationIdentity;
    try {
      identity = await this.introspection.whoIs(token, { priority: 'interactive', signal, apart });
    } catch (error) {
      if (isTwentyError(error, 'UNAUTHENTICATED')) return { refusal: refusalOf(error.code) };
      throw error;
    }
    const workspace = await this.workspace.current();
    if (isForeign(identity, workspace)) return { refusal: foreign };
    if (identity.memberId === null) {
      // Of a person Twenty says who it is; an app alone is trusted for being ours, so that has to be known.
      if (workspace.applicationId === null) return { refusal: unknownApp };
      return { member: null, expiresAt: identity.expiresAt, askedAt };
    }
    const member = await this.member(identity.memberId);
    if (!member) return { refusal: invalid };
    return {
      expiresAt: identity.expiresAt,
      askedAt,
      member: {
        memberId: member.id,
        name: member.name,
        email: member.email,
        isWorkspaceAdmin: identity.isWorkspaceAdmin,
        locale: localeOf(identity),
        records: identity.records,
      },
    };
  }

  /** Somebody who joined a moment ago is not in the index yet. */
  private async member(id: string): Promise<MemberEntity | null> {
    const find = () => this.dataSource.manager.findOneBy(MemberEntity, { id, removedAt: IsNull() });
    const known = await find();
    if (known) return known;
    await this.membersSync.sync();
    return (await isPresent(this.dataSource.manager, id)) ? find() : null;
  }

  /** On every request: that a member was removed may be known here sooner than Twenty is asked again. */
  private isThere(id: string): Promise<boolean> {
    return isPresent(this.dataSource.manager, id);
  }
}

/** Of another workspace or another app, as far as either is known. */
function isForeign(
  token: { workspaceId: string | null; applicationId: string | null },
  workspace: { id: string; applicationId: string | null },
): boolean {
  const otherApp =
    token.applicationId !== null && workspace.applicationId !== null && token.applicationId !== workspace.applicationId;
  return token.workspaceId !== workspace.id || otherApp;
}

function hasExpired({ expiresAt }: { expiresAt: number | null }): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

function refusalOf(code: string | null): string {
  return code === 'TOKEN_EXPIRED' ? expired : invalid;
}

const invalid = 'Twenty does not accept this token. Twenty 不接受该令牌。';
const expired = 'The token has expired; please reload the page. 令牌已过期，请刷新页面。';
const foreign = 'This token is for another workspace or app. 该令牌属于其他工作区或应用。';
const gone = 'The request was given up. 请求已中断。';
const unknownApp =
  'The engine cannot tell which app is its own, so it takes no calls of apps; give it client credentials instead of an API key. 引擎无法确认自己的应用，因此不接受应用的调用；请改用客户端凭据代替 API 密钥。';
