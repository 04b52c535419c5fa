import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer';
import { decideClaim } from '../domain/claim/decide-claim';
import { toOwned } from '../domain/ownership/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../pools/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from './acting-member';
import { loadCandidates, loadClaimFacts } from './claim-facts';
import { type CommandAnswer, type CommandDecision, CommandRunner, type DecisionInput, lookUp } from './command-runner.service';
import { beforeOf, type CustomerChange, fieldsOf, stateOf } from './customer-change';
import { lockMatchKeys } from './match-key-locks';

/** Semantics section 5. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async claim(member: ActingMember, refs: CustomerRef[], requestId: string | null): Promise<CommandAnswer> {
    return this.runner.run({
      kind: 'CLAIM',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: refs,
      refs,
      memberIds: [member.memberId],
      beforeLocks: (manager) => this.lockMatchKeys(manager, refs),
      decide: (decision) => this.decide(member, refs, decision),
    });
  }

  private async decide(member: ActingMember, refs: CustomerRef[], decision: DecisionInput): Promise<CommandDecision> {
    const { manager, customers, inFlight, now } = decision;
    const { context, pools } = await loadClaimFacts(manager, this.pools, await this.settings.current(manager), member, now);
    const candidates = await loadCandidates(manager, member.memberId, [...customers.values()], pools);
    const changes: CustomerChange[] = [];
    const taken = new Set<string>();
    const refusals = refs.map((ref) => {
      const customer = lookUp(customers, ref);
      const candidate = customer ? (candidates.get(customerKey(customer)) ?? null) : null;
      // The same record twice in one batch: the first has it, so the second is told so.
      if (taken.has(customerKey(ref))) return refuse('ALREADY_OWNED', { ownerId: member.memberId, ownerIsCaller: true });
      const refusal = decideClaim(candidate, context);
      if (refusal) return refusal;
      if (!customer || !candidate?.pool || inFlight.has(ref.recordId)) return refuse('STALE');
      taken.add(customerKey(ref));
      context.book.claimed(candidate.pool.id, now, candidate.pool.policy.wonCountsTowardsCapacity || !candidate.isWon);
      changes.push(claimChange(customer, candidate.pool, member, decision));
      return null;
    });
    return { refusals, changes };
  }

  private async lockMatchKeys(manager: EntityManager, refs: CustomerRef[]): Promise<void> {
    const pools = await this.pools.all(manager);
    if ([...pools.values()].some(({ policy }) => policy.duplicatePolicy === 'REFUSE')) await lockMatchKeys(manager, refs);
  }
}

function claimChange(customer: CustomerEntity, pool: Pool, member: ActingMember, { batchId, now }: DecisionInput): CustomerChange {
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
      facts: { before: beforeOf(customer) },
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [null, member.memberId], data: fieldsOf(after) },
  };
}
