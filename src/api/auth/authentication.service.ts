import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { DataSource, IsNull } from 'typeorm';
import { localeOf } from '../../notifications/member-locale';
import type { ActingMember } from '../../domain/customer/acting-member';
import { MemberEntity } from '../../storage/entities/member.entity';
import { MembersSync } from '../../sync/members-sync.service';
import { WorkspaceIdentity } from '../../sync/workspace-identity.service';
import { type ApplicationIdentity, Introspection, type TokenIdentity } from '../../twenty/client/introspection.service';
import { isTwentyError } from '../../twenty/client/twenty-error';
import { ApiError } from '../graphql/api-error';
import { Automations, noAutomation } from './automations.service';

/** Rights may change at any time, so an answer of Twenty is believed for this long at most. */
const believedForMs = 60_000;
const refusedForMs = 10_000;
const mostTokens = 10_000;

/** `member` is null for our own app calling without a person. */
type Verdict = { member: ActingMember | null; expiresAt: number | null } | { refusal: string };

/** Tells who a token is: Twenty is asked, its answer kept for a minute and never beyond the token's end. */
@Injectable()
export class AuthenticationService {
  /** By hash, so that no token lies about in memory. Promises, so that a burst asks once. */
  private readonly verdicts = new LRUCache<string, Promise<Verdict>>({ max: mostTokens, ttl: believedForMs });

  constructor(
    private readonly introspection: Introspection,
    private readonly workspace: WorkspaceIdentity,
    private readonly membersSync: MembersSync,
    private readonly dataSource: DataSource,
    private readonly automations: Automations,
  ) {}

  /**
   * @param headers what an automation says of itself; a person's token ignores it
   * @throws ApiError UNAUTHENTICATED: no, bad or expired token, another workspace's or another app's
   * @throws ApiError as Automations.actingMember
   * @throws TwentyError when Twenty cannot be asked
   */
  async authenticate(token: string | null, headers = noAutomation): Promise<ActingMember> {
    if (!token) throw new ApiError('UNAUTHENTICATED', 'A Twenty token is needed. 需要 Twenty 令牌。');
    const key = createHash('sha256').update(token).digest('base64');
    const verdict = await this.verdict(key, token);
    if ('refusal' in verdict) throw new ApiError('UNAUTHENTICATED', verdict.refusal);
    if (verdict.expiresAt !== null && verdict.expiresAt <= Date.now()) throw new ApiError('UNAUTHENTICATED', expired);
    return verdict.member ?? this.automations.actingMember(headers);
  }

  private async verdict(key: string, token: string): Promise<Verdict> {
    const known = this.verdicts.get(key);
    if (known) return known;
    const asked = this.ask(token);
    this.verdicts.set(key, asked);
    try {
      const verdict = await asked;
      if ('refusal' in verdict) this.verdicts.set(key, asked, { ttl: refusedForMs });
      return verdict;
    } catch (error) {
      this.verdicts.delete(key);
      throw error;
    }
  }

  private async ask(token: string): Promise<Verdict> {
    let identity: TokenIdentity | ApplicationIdentity;
    try {
      identity = await this.introspection.whoIs(token, { priority: 'interactive' });
    } catch (error) {
      if (isTwentyError(error, 'UNAUTHENTICATED'))
        return { refusal: error.code === 'TOKEN_EXPIRED' ? expired : invalid };
      throw error;
    }
    const workspace = this.workspace.current ?? (await this.workspace.confirm());
    const foreign = identity.workspaceId !== workspace.id;
    const otherApp =
      identity.applicationId !== null &&
      workspace.applicationId !== null &&
      identity.applicationId !== workspace.applicationId;
    if (foreign || otherApp)
      return { refusal: 'This token is for another workspace or app. 该令牌属于其他工作区或应用。' };
    if (identity.memberId === null) {
      // Of a person Twenty says who it is; an app alone is trusted for being ours, so that has to be known.
      if (workspace.applicationId === null) return { refusal: unknownApp };
      return { member: null, expiresAt: identity.expiresAt };
    }
    const member = await this.member(identity.memberId);
    if (!member) return { refusal: invalid };
    return {
      expiresAt: identity.expiresAt,
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
    return find();
  }
}

const invalid = 'Twenty does not accept this token. Twenty 不接受该令牌。';
const expired = 'The token has expired; please reload the page. 令牌已过期，请刷新页面。';
const unknownApp =
  'The engine cannot tell which app is its own, so it takes no calls of apps; give it client credentials instead of an API key. 引擎无法确认自己的应用，因此不接受应用的调用；请改用客户端凭据代替 API 密钥。';
