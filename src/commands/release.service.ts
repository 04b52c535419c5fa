import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { toPooled } from '../domain/customer/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { decideRelease } from '../domain/claim/decide-release';
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
import { alongWith, followersOf, peopleOf } from './company-people';
import { beforeOf, type CustomerChange, fieldsOf, stateOf } from '../changes';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface ReleaseInput {
  refs: CustomerRef[];
  /** null: each to its home pool. */
  poolId: string | null;
  reason: string | null;
  note: string | null;
  requestId: string | null;
}

/** Semantics section 7: back to a pool, by the owner or a manager, with the people of a company. */
@Injectable()
export class ReleaseService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async release(member: ActingMember, input: ReleaseInput): Promise<CommandAnswer> {
    const { refs, poolId, reason, note, requestId } = input;
    return this.runner.run({
      kind: 'RELEASE',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, poolId, reason, note },
      refs,
      // Giving back passes no limit, so no member's row is locked.
      memberIds: [],
      followers: async (manager) => peopleOf(manager, refs, await this.settings.current(manager)),
      decide: (decision) => this.decide(member, input, decision),
    });
  }

  private async decide(member: ActingMember, input: ReleaseInput, decision: DecisionInput): Promise<CommandDecision> {
    const { actor, pools, candidateOf } = await loadManaged(decision, this.pools, member);
    const target = input.poolId === null ? undefined : (pools.get(input.poolId) ?? null);

    const { refusals, changes } = decideEach(
      input.refs,
      decision,
      (customer) => {
        const candidate = customer && candidateOf(customer);
        const refusal = decideRelease(candidate, { actor, target, reason: input.reason });
        const pool = target ?? candidate?.pool;
        if (refusal || !pool) return refusal ?? refuse('NOT_MANAGED');
        return (released) => releaseChange(released, pool, member, input, decision);
      },
      () => refuse('NOT_OWNER'),
    );

    for (const person of followersOf(changes, alongWith(input.refs, decision))) {
      const goesTo = target?.policy.managesPeople ? target : pools.get(person.poolId ?? '');
      if (goesTo) changes.push(releaseChange(person, goesTo, member, input, decision));
    }
    return { refusals, changes };
  }
}

function releaseChange(
  customer: CustomerEntity,
  pool: Pool,
  member: ActingMember,
  input: ReleaseInput,
  { batchId, now }: DecisionInput,
): CustomerChange {
  const after = toPooled(stateOf(customer), pool.id, now);
  return {
    customer,
    after,
    event: {
      type: 'RELEASED',
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: null,
      actorId: member.memberId,
      poolId: pool.id,
      reason: input.reason,
      note: input.note,
      facts: { before: beforeOf(customer) },
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId, null], data: fieldsOf(after) },
  };
}
