import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AssignTarget, decideAssign } from '../domain/assignment/decide-assign';
import { localDate } from '../domain/calendar/local-days';
import type { FullCapacity } from '../domain/claim/holding-capacity';
import type { CustomerRef } from '../domain/customer/customer';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { MemberEntity } from '../storage/entities/member.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import { leavesOf, loadClaimFacts } from '../changes';
import { type CommandAnswer, type CommandInput, CommandRunner } from '../changes/command-runner.service';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface AssignInput {
  refs: CustomerRef[];
  toMemberId: string;
  reason: string | null;
  overrideCapacity: boolean;
  requestId: string | null;
}

/** docs/semantics.md#assign: a manager gives pooled customers to a member, whose row is the lock of their capacity. */
@Injectable()
export class AssignService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async assign(member: ActingMember, input: AssignInput): Promise<CommandAnswer> {
    const { refs, toMemberId, reason, overrideCapacity, requestId } = input;
    return this.runner.run({
      kind: 'ASSIGN',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, toMemberId, reason, overrideCapacity },
      refs,
      memberIds: [toMemberId],
      decide: async (decision) => {
        const { manager, now } = decision;
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        const settings = await this.settings.current(manager);
        const { target, memberCapacity } = await this.loadTarget(manager, toMemberId, settings, now);
        const request = { actor, target, overrideCapacity, memberCapacity, timeZone: settings.TIME_ZONE, now };
        return decideEach(
          refs,
          decision,
          (customer) => {
            const candidate = customer && {
              ...candidateOf(customer),
              quietUntil: customer.quietUntil,
              isWon: customer.isWon,
            };
            const answer = decideAssign(candidate, request);
            if (answer.refusal) return answer.refusal;
            const { pool, override } = answer;
            return (granted) => {
              target.book.assigned(pool.id, pool.policy.wonCountsTowardsCapacity || !granted.isWon);
              return assigned(pool, override, member, input, decision);
            };
          },
          () =>
            refuse('ALREADY_OWNED', {
              ownerId: toMemberId,
              ...(target.name ? { ownerName: target.name } : {}),
              ownerIsCaller: toMemberId === member.memberId,
            }),
        );
      },
    });
  }

  private async loadTarget(
    manager: EntityManager,
    memberId: string,
    settings: WorkspaceSettings,
    now: string,
  ): Promise<{ target: AssignTarget; memberCapacity: number | null }> {
    const known = await manager.findOneBy(MemberEntity, { id: memberId });
    const { context } = await loadClaimFacts(manager, this.pools, settings, { memberId, isWorkspaceAdmin: false }, now);
    const today = localDate(now, settings.TIME_ZONE);
    const leaves = await leavesOf(manager, [memberId]);
    return {
      target: {
        member: context.actor,
        name: known?.name ?? null,
        isGone: !known || known.removedAt !== null,
        isOnLeave: leaves.some(({ fromDate, untilDate }) => fromDate <= today && today <= untilDate),
        book: context.book,
      },
      memberCapacity: context.memberCapacity,
    };
  }
}

function assigned(
  pool: Pool,
  override: FullCapacity | null,
  member: ActingMember,
  { toMemberId, reason }: AssignInput,
  { batchId, now }: CommandInput,
): OwnershipEvent {
  return {
    type: 'ASSIGNED',
    toId: toMemberId,
    actorId: member.memberId,
    poolId: pool.id,
    reason,
    facts: override && { override },
    batchId,
    at: now,
  };
}
