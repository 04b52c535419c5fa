import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { decideMove } from '../domain/pool/decide-move';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { markCustomers } from '../idle-clock';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, type CommandInput, CommandRunner } from '../changes/command-runner.service';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface PoolMoveInput {
  refs: CustomerRef[];
  poolId: string;
  reason: string | null;
  requestId: string | null;
}

/** A customer's other home pool. What is owned stays owned; its clock goes by the new pool's policy from the same facts. */
@Injectable()
export class PoolMoveService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async move(member: ActingMember, input: PoolMoveInput): Promise<CommandAnswer> {
    const { refs, poolId, reason, requestId } = input;
    return this.runner.run({
      kind: 'MOVE_TO_POOL',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, poolId, reason },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, pools, candidateOf } = await loadManaged(decision, this.pools, member);
        const target = pools.get(poolId) ?? null;
        const decided = decideEach(refs, decision, (customer) => {
          const refusal = decideMove(customer && candidateOf(customer), { actor, target });
          if (refusal || !target) return refusal ?? refuse('TARGET_NOT_ELIGIBLE');
          return (granted) => (granted.poolId === target.id ? null : moved(granted, target, member, input, decision));
        });
        // Which rule override matches in the new pool is for Twenty to say.
        await markCustomers(
          decision.manager,
          decided.changes.flatMap(({ customer }) => (customer.status === 'OWNED' ? [customer] : [])),
        );
        return decided;
      },
    });
  }
}

function moved(
  customer: CustomerEntity,
  pool: Pool,
  member: ActingMember,
  { reason }: PoolMoveInput,
  { batchId, now }: CommandInput,
): OwnershipEvent {
  const { ownerId: toId } = customer;
  return { type: 'ROUTED', toId, actorId: member.memberId, poolId: pool.id, reason, batchId, at: now };
}
