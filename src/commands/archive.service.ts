import { Injectable } from '@nestjs/common';
import { decideArchive, decideRestore } from '../domain/custody/decide-archive';
import type { CustomerRef } from '../domain/customer/customer';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import {
  type CommandAnswer,
  type CommandDecision,
  type CommandInput,
  CommandRunner,
} from '../changes/command-runner.service';
import { alongWith, followersOf, peopleArchivedAlong, peopleOf } from './company-people';
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

  /** @throws RequestIdReusedError, IndexBusyError */
  async archive(
    member: ActingMember,
    refs: CustomerRef[],
    reason: string,
    requestId: string | null,
  ): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'ARCHIVE',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, reason },
      refs,
      memberIds: [],
      followers: async (manager) => peopleOf(manager, refs, await this.settings.current(manager)),
      decide: (decision) => this.decideArchives(member, refs, reason, decision),
    });
  }

  /** @throws RequestIdReusedError, IndexBusyError */
  async restore(member: ActingMember, refs: CustomerRef[], requestId: string | null): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'RESTORE',
      actorId: member.memberId,
      via: member.via,
      requestId,
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
    decision: CommandInput,
  ): Promise<CommandDecision> {
    const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
    const archive = (customer: CustomerEntity, followedCompany?: string | null) =>
      retired('ARCHIVED', customer, member, decision, { reason, followedCompany });

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
      changes: [
        ...changes,
        ...people.map((person) => ({ customer: person, event: archive(person, person.companyId) })),
      ],
    };
  }

  private async decideRestores(
    member: ActingMember,
    refs: CustomerRef[],
    decision: CommandInput,
  ): Promise<CommandDecision> {
    const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
    const restore = (customer: CustomerEntity, followedCompany?: string | null) =>
      retired('RESTORED', customer, member, decision, { followedCompany });

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
      changes: [
        ...changes,
        ...people.map((person) => ({ customer: person, event: restore(person, person.companyId) })),
      ],
    };
  }
}

function retired(
  type: 'ARCHIVED' | 'RESTORED',
  customer: CustomerEntity,
  member: ActingMember,
  { batchId, now }: CommandInput,
  { reason = null, followedCompany }: { reason?: string | null; followedCompany?: string | null | undefined },
): OwnershipEvent {
  return {
    type,
    toId: null,
    actorId: member.memberId,
    poolId: customer.poolId,
    reason,
    facts: followedCompany ? { followedCompany } : null,
    batchId,
    at: now,
  };
}
