import { Injectable } from '@nestjs/common';
import { decideArchive, decideRestore } from '../domain/custody/decide-archive';
import type { CustomerRef, CustomerState } from '../domain/customer/customer';
import { toArchived, toPooled } from '../domain/customer/state-transitions';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import {
  type CommandAnswer,
  type CommandDecision,
  CommandRunner,
  type DecisionInput,
} from '../changes/command-runner.service';
import { alongWith, followersOf, peopleArchivedAlong, peopleOf } from './company-people';
import { beforeOf, type CustomerChange, fieldsOf, type NewEvent, stateOf } from '../changes';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

/**
 * Out of circulation and back into the home pool. The people of a company who had the same owner go along by the setting
 * for that, and those who went along come back along.
 */
@Injectable()
export class ArchiveService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws IndexBusyError */
  async archive(member: ActingMember, refs: CustomerRef[], reason: string): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'ARCHIVE',
      actorId: member.memberId,
      requestId: null,
      input: { refs, reason },
      refs,
      memberIds: [],
      followers: async (manager) => peopleOf(manager, refs, await this.settings.current(manager)),
      decide: (decision) => this.decideArchives(member, refs, reason, decision),
    });
  }

  /** @throws IndexBusyError */
  async restore(member: ActingMember, refs: CustomerRef[]): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'RESTORE',
      actorId: member.memberId,
      requestId: null,
      input: { refs },
      refs,
      memberIds: [],
      followers: (manager) => peopleArchivedAlong(manager, refs),
      decide: (decision) => this.decideRestores(member, refs, decision),
    });
  }

  private async decideArchives(
    member: ActingMember,
    refs: CustomerRef[],
    reason: string,
    decision: DecisionInput,
  ): Promise<CommandDecision> {
    const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
    const archive = (customer: CustomerEntity, followedCompany?: string) =>
      retire(customer, toArchived(stateOf(customer), customer.poolId ?? '', decision.now), member, decision, {
        type: 'ARCHIVED',
        reason,
        followedCompany,
      });

    const { refusals, changes } = decideEach(
      refs,
      decision,
      (customer) =>
        decideArchive(customer && candidateOf(customer), { actor, reason }) ?? ((granted) => archive(granted)),
      () => refuse('ARCHIVED'),
    );
    const people = followersOf(changes, alongWith(refs, decision));
    return {
      refusals,
      changes: [...changes, ...people.map((person) => archive(person, person.companyId ?? undefined))],
    };
  }

  private async decideRestores(
    member: ActingMember,
    refs: CustomerRef[],
    decision: DecisionInput,
  ): Promise<CommandDecision> {
    const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
    const restore = (customer: CustomerEntity, followedCompany?: string) =>
      retire(customer, toPooled(stateOf(customer), customer.poolId ?? '', decision.now), member, decision, {
        type: 'RESTORED',
        followedCompany,
      });

    const { refusals, changes } = decideEach(
      refs,
      decision,
      (customer) => decideRestore(customer && candidateOf(customer), actor) ?? ((granted) => restore(granted)),
      () => refuse('STALE'),
    );
    const companies = new Set(changes.map(({ customer }) => customer.recordId));
    const people = alongWith(refs, decision).filter(
      ({ status, companyId }) => status === 'ARCHIVED' && companies.has(companyId ?? ''),
    );
    return {
      refusals,
      changes: [...changes, ...people.map((person) => restore(person, person.companyId ?? undefined))],
    };
  }
}

function retire(
  customer: CustomerEntity,
  after: CustomerState,
  member: ActingMember,
  { batchId, now }: DecisionInput,
  { type, reason, followedCompany }: { type: NewEvent['type']; reason?: string; followedCompany?: string | undefined },
): CustomerChange {
  return {
    customer,
    after,
    event: {
      type,
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: null,
      actorId: member.memberId,
      poolId: after.poolId,
      reason: reason ?? null,
      facts: { before: beforeOf(customer), ...(followedCompany ? { followedCompany } : {}) },
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId, null], data: fieldsOf(after) },
  };
}
