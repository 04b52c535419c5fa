import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { decideClaim } from '../domain/claim/decide-claim';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CustomerChange, loadCandidates, loadClaimFacts } from '../changes';
import { lookUp } from '../changes/change.service';
import {
  type CommandAnswer,
  type CommandDecision,
  type CommandInput,
  CommandRunner,
} from '../changes/command-runner.service';

/** In person or through an automation; by an activity with the rights that are known of somebody who is not asking. */
export type Claimer = Pick<ActingMember, 'memberId' | 'isWorkspaceAdmin' | 'via'>;

/** What the member did about the customers, in place of pressing the button. */
export interface ClaimingActivity {
  /** For the history; `id` is the record of Twenty that says so. */
  facts: { kind: ActivityKind; id: string; at: string };
  /** Asked under the locks: does it still claim them? @throws to be asked again later */
  stillClaims: (manager: EntityManager) => Promise<boolean>;
}

/** docs/semantics.md#5-claiming. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async claim(
    member: Claimer,
    refs: CustomerRef[],
    requestId: string | null,
    activity?: ClaimingActivity,
  ): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'CLAIM',
      actorId: member.memberId,
      via: activity ? 'ACTIVITY' : member.via,
      requestId,
      input: refs,
      refs,
      memberIds: [member.memberId],
      locksMatchKeys: (manager) => this.refusesDuplicates(manager),
      decide: (decision) => this.decide(member, refs, activity, decision),
    });
  }

  private async decide(
    member: Claimer,
    refs: CustomerRef[],
    activity: ClaimingActivity | undefined,
    decision: CommandInput,
  ): Promise<CommandDecision> {
    const { manager, customers, inFlight, now } = decision;
    const { context, pools } = await loadClaimFacts(
      manager,
      this.pools,
      await this.settings.current(manager),
      member,
      now,
    );
    const candidates = await loadCandidates(manager, context.actor, [...customers.values()], pools);
    const isStale = activity !== undefined && !(await activity.stillClaims(manager));
    const changes: CustomerChange[] = [];
    const taken = new Set<string>();
    const refusals = refs.map((ref) => {
      const customer = lookUp(customers, ref);
      const candidate = customer ? (candidates.get(customerKey(customer)) ?? null) : null;
      // The same record twice in one batch: the first has it, so the second is told so.
      if (taken.has(customerKey(ref)))
        return refuse('ALREADY_OWNED', { ownerId: member.memberId, ownerIsCaller: true });
      const refusal = decideClaim(candidate, context);
      if (refusal) return refusal;
      if (isStale || !customer || !candidate?.pool || inFlight.has(ref.recordId)) return refuse('STALE');
      taken.add(customerKey(ref));
      context.book.claimed(candidate.pool.id, now, candidate.pool.policy.wonCountsTowardsCapacity || !candidate.isWon);
      changes.push({ customer, event: claimed(candidate.pool, member, activity, decision) });
      return null;
    });
    return { refusals, changes };
  }

  private async refusesDuplicates(manager: EntityManager): Promise<boolean> {
    const pools = await this.pools.all(manager);
    return [...pools.values()].some(({ policy }) => policy.duplicatePolicy === 'REFUSE');
  }
}

function claimed(
  pool: Pool,
  member: Claimer,
  activity: ClaimingActivity | undefined,
  { batchId, now }: CommandInput,
): OwnershipEvent {
  return {
    type: 'CLAIMED',
    toId: member.memberId,
    actorId: member.memberId,
    poolId: pool.id,
    facts: activity ? { activity: activity.facts } : null,
    batchId,
    at: now,
  };
}
