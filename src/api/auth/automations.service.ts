import { Injectable, SetMetadata } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager, IsNull, Raw } from 'typeorm';
import { localeOf } from '../../notifications/member-locale';
import type { ActingMember, AutomationKind } from '../../domain/customer/acting-member';
import { SettingsService } from '../../settings/settings.service';
import { MemberEntity } from '../../storage/entities/member.entity';
import { MembersSync } from '../../sync/members-sync.service';
import { ApiError } from '../graphql/api-error';

/** What an automation says of itself in the headers `x-highseas-member` and `x-highseas-via`; not looked at when a person calls. */
export interface AutomationHeaders {
  /** Id or e-mail of the member on whose behalf it calls. */
  member: string | null;
  via: string | null;
}

export const noAutomation: AutomationHeaders = { member: null, via: null };

const openToAutomations = 'highseas:openToAutomations';

/** A mutation that an automation may ask for; it keeps in the history that one did. Queries are open without it. */
export function OpenToAutomations(): MethodDecorator {
  return SetMetadata(openToAutomations, true);
}

const kinds: readonly AutomationKind[] = ['WORKFLOW', 'AI'];
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const unknownForMs = 10_000;

/**
 * Calls of our own app without a person: a workflow's step and a tool of Twenty's AI, of which Twenty does not say who asked.
 * They act on behalf of a member whom they name, with that member's own rights in the pools. See docs/decisions/automations.md.
 */
@Injectable()
export class Automations {
  /** So that a workflow with a misspelt name does not read the members from Twenty for each of its records. */
  private readonly unknown = new LRUCache<string, true>({ max: 1_000, ttl: unknownForMs });

  constructor(
    private readonly dataSource: DataSource,
    private readonly membersSync: MembersSync,
    private readonly settings: SettingsService,
  ) {}

  /** @throws ApiError UNAUTHENTICATED when it names nobody, BAD_USER_INPUT when it names somebody unknown or says not how it was called */
  async actingMember({ member: named, via }: AutomationHeaders): Promise<ActingMember> {
    if (named === null && via === null) {
      throw new ApiError(
        'UNAUTHENTICATED',
        'This token belongs to no person: name the member in x-highseas-member and say WORKFLOW or AI in x-highseas-via. 该令牌不属于任何人员：请在 x-highseas-member 中指明成员，并在 x-highseas-via 中注明 WORKFLOW 或 AI。',
      );
    }
    const kind = kinds.find((known) => known === via);
    if (!kind)
      throw new ApiError(
        'BAD_USER_INPUT',
        'x-highseas-via must be WORKFLOW or AI. x-highseas-via 须为 WORKFLOW 或 AI。',
      );
    const wanted = named?.trim().toLowerCase() ?? '';
    if (wanted === '')
      throw new ApiError(
        'BAD_USER_INPUT',
        'Say on whose behalf: the id or e-mail of a member. 请指明代哪位成员操作：成员的 ID 或邮箱。',
      );
    const member = await this.member(wanted);
    if (!member)
      throw new ApiError(
        'BAD_USER_INPUT',
        `No member of this workspace is ${JSON.stringify(wanted)}. 工作区中没有成员 ${JSON.stringify(wanted)}。`,
      );
    return {
      memberId: member.id,
      name: member.name,
      email: member.email,
      isWorkspaceAdmin: false,
      locale: localeOf(member),
      via: kind,
    };
  }

  /**
   * @param handler of the mutation
   * @throws ApiError FORBIDDEN
   */
  async requireAllowed(via: AutomationKind, handler: object): Promise<void> {
    if (Reflect.getMetadata(openToAutomations, handler) !== true) {
      throw new ApiError(
        'FORBIDDEN',
        'Automations may claim, release, assign and log follow-ups; anything else is for people. 自动化只能领取、退回、分配和记录跟进，其他操作须由人员执行。',
      );
    }
    if (via === 'AI' && !(await this.settings.current()).AI_TOOLS_MAY_ACT) {
      throw new ApiError(
        'FORBIDDEN',
        'AI tools may only ask here. An admin can let them act with the setting AI_TOOLS_MAY_ACT of Highseas. AI 工具在此只能查询；管理员可在公海应用设置中开启 AI_TOOLS_MAY_ACT，允许其执行操作。',
      );
    }
  }

  /** Somebody who joined a moment ago is not in the index yet. */
  private async member(wanted: string): Promise<MemberEntity | null> {
    const known = await findMember(this.dataSource.manager, wanted);
    if (known || this.unknown.has(wanted)) return known;
    await this.membersSync.sync();
    const joined = await findMember(this.dataSource.manager, wanted);
    if (!joined) this.unknown.set(wanted, true);
    return joined;
  }
}

/** @param wanted id or e-mail, in lower case */
function findMember(manager: EntityManager, wanted: string): Promise<MemberEntity | null> {
  const isNamed = idShape.test(wanted)
    ? { id: wanted }
    : { email: Raw((column) => `lower(${column}) = :wanted`, { wanted }) };
  return manager.findOneBy(MemberEntity, { ...isNamed, removedAt: IsNull() });
}
