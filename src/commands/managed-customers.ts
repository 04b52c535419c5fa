import type { Actor, Pool } from '../domain/pool/pool-policy';
import type { ManagedCandidate } from '../domain/pool/managed-customer';
import type { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import type { DecisionInput } from '../changes/change.service';
import { memberNames } from '../changes';
import { customerKey } from '../domain/customer/customer';
import { ownedBefore } from '../pools';

/** Who acts, on customers of which pools. */
export interface ManagedCustomers {
  actor: Actor;
  pools: Map<string, Pool>;
  candidateOf: (customer: CustomerEntity) => ManagedCandidate;
}

export async function loadManaged(
  { manager, customers }: DecisionInput,
  poolsService: PoolsService,
  member: ActingMember,
): Promise<ManagedCustomers> {
  const pools = await poolsService.all(manager);
  const actor = await poolsService.actor(member.memberId, member.isWorkspaceAdmin, manager);
  const names = await memberNames(
    manager,
    [...customers.values()].map(({ ownerId }) => ownerId),
  );
  const before = await ownedBefore(manager, member.memberId, [...customers.values()]);
  return {
    actor,
    pools,
    candidateOf: ({ object, recordId, status, poolId, ownerId }) => ({
      object,
      wasActors: before.has(customerKey({ object, recordId })),
      status,
      pool: pools.get(poolId ?? '') ?? null,
      ownerId,
      ownerName: names.get(ownerId ?? '') ?? null,
    }),
  };
}
