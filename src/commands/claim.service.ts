import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { decideClaim } from '../domain/claim/decide-claim';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import { toOwned } from '../domain/customer/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import { loadCandidates, loadClaimFacts } from '../changes';
import {
  type CommandAnswer,
  type CommandDecision,
  CommandRunner,
  type DecisionInput,
  lookUp,
} from '../changes/command-runner.service';
import { beforeOf, type CustomerChange, fieldsOf, stateOf } from '../changes';
import { lockMatchKeys } from '../changes';

/** In person or through an automation; by an activity with the rights that are known of somebody who is not asking. */
export type Claimer = Pick<ActingMember, 'memberId' | 'isWorkspaceAdmin' | 'via'>;

/** What the member did about the customers, in place of pressing the button. */
export interface ClaimingActivity {
  /** For the history; `id` is the record of Twenty that says so. */
  facts: { kind: ActivityKind; id: string; at: string };
  /** Asked under the locks: does it still claim them? @throws to be asked again later */
  stillClaims: (manager: EntityManager) => Promise<boolean>;
}

/** Semantics section 5. */
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
      beforeLocks: (manager) => this.lockMatchKeys(manager, refs),
      decide: (decision) => this.decide(member, refs, activity, decision),
    });
  }

  private async decide(
    member: Claimer,
    refs: CustomerRef[],
    activity: ClaimingActivity | undefined,
    decision: DecisionInput,
  ): Promise<CommandDecision> {
    const { manager, customers, inFlight, now } = decision;
    const { context, pools } = await loadClaimFacts(
      manager,
      this.pools,
      await this.settings.current(manager),
      member,
      now,
    );
    const candidates = await loadCandidates(manager, member.memberId, [...customers.values()], pools);
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
      changes.push(claimChange(customer, candidate.pool, member, activity, decision));
      return null;
    });
    return { refusals, changes };
  }

  private async lockMatchKeys(manager: EntityManager, refs: CustomerRef[]): Promise<void> {
    const pools = await this.pools.all(manager);
    if ([...pools.values()].some(({ policy }) => policy.duplicatePolicy === 'REFUSE'))
      await lockMatchKeys(manager, refs);
  }
}

function claimChange(
  customer: CustomerEntity,
  pool: Pool,
  member: Claimer,
  activity: ClaimingActivity | undefined,
  { batchId, now }: DecisionInput,
): CustomerChange {
  const after = toOwned(stateOf(customer), member.memberId, now);
  return {
    customer,
    after,
    event: {
      type: 'CLAIMED',
      state: 'PENDING',
      fromId: null,
      toId: member.memberId,
      actorId: member.memberId,
      poolId: pool.id,
      facts: { before: beforeOf(customer), ...(activity ? { activity: activity.facts } : {}) },
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [null, member.memberId], data: fieldsOf(after) },
  };
}
