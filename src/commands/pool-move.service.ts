import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { decideMove } from '../domain/pool/decide-move';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, CommandRunner, type DecisionInput } from '../changes/command-runner.service';
import { beforeOf, type CustomerChange, eventOfSameOwner, fieldsOf, stateOf } from '../changes';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface PoolMoveInput {
  refs: CustomerRef[];
  poolId: string;
  reason: string | null;
}

/** A customer's other home pool. What is owned stays owned; its clock goes by the new pool's policy from the same facts. */
@Injectable()
export class PoolMoveService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws IndexBusyError */
  async move(member: ActingMember, input: PoolMoveInput): Promise<CommandAnswer> {
    const { refs, poolId } = input;
    return this.runner.run({
      kind: 'MOVE_TO_POOL',
      actorId: member.memberId,
      requestId: null,
      input,
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, pools, candidateOf } = await loadManaged(decision, this.pools, member);
        const target = pools.get(poolId) ?? null;
        const decided = decideEach(refs, decision, (customer) => {
          const refusal = decideMove(customer && candidateOf(customer), { actor, target });
          if (refusal || !target) return refusal ?? refuse('TARGET_NOT_ELIGIBLE');
          return (granted) =>
            granted.poolId === target.id ? null : moveChange(granted, target, member, input, decision);
        });
        // Which rule override matches in the new pool is for Twenty to say.
        await decision.manager.query(
          `UPDATE customer SET clock_stale_since = coalesce(clock_stale_since, clock_timestamp()) WHERE record_id = ANY($1) AND status = 'OWNED'`,
          [decided.changes.map(({ customer }) => customer.recordId)],
        );
        return decided;
      },
    });
  }
}

function moveChange(
  customer: CustomerEntity,
  pool: Pool,
  member: ActingMember,
  { reason }: PoolMoveInput,
  { batchId, now }: DecisionInput,
): CustomerChange {
  const after = { ...stateOf(customer), poolId: pool.id };
  const event = eventOfSameOwner(customer, {
    type: 'ROUTED',
    state: 'PENDING',
    actorId: member.memberId,
    reason,
    facts: { before: beforeOf(customer) },
    batchId,
    at: now,
  });
  return {
    customer,
    after,
    event: { ...event, poolId: pool.id },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId], data: fieldsOf(after) },
  };
}
