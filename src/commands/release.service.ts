import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { decideRelease } from '../domain/claim/decide-release';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { ActingMember } from '../domain/customer/acting-member';
import {
  type CommandAnswer,
  type CommandDecision,
  type CommandInput,
  CommandRunner,
} from '../changes/command-runner.service';
import { alongWith, followersOf, peopleOf } from './company-people';
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

/** docs/semantics.md#release: back to a pool, by the owner or a manager, with the people of a company. */
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

  private async decide(member: ActingMember, input: ReleaseInput, decision: CommandInput): Promise<CommandDecision> {
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
        return () => released(pool, member, input, decision);
      },
      () => refuse('NOT_OWNER'),
    );

    for (const person of followersOf(changes, alongWith(input.refs, decision))) {
      const goesTo = target?.policy.managesPeople ? target : pools.get(person.poolId ?? '');
      if (goesTo) changes.push({ customer: person, event: released(goesTo, member, input, decision) });
    }
    return { refusals, changes };
  }
}

function released(
  pool: Pool,
  member: ActingMember,
  { reason, note }: ReleaseInput,
  { batchId, now }: CommandInput,
): OwnershipEvent {
  return { type: 'RELEASED', toId: null, actorId: member.memberId, poolId: pool.id, reason, note, batchId, at: now };
}
