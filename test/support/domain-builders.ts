import type { CustomerState } from '../../src/domain/customer/customer';
import type { Actor, Pool, PoolMembership, PoolPolicy } from '../../src/domain/pool/pool-policy';
import { PoolPolicyInput } from '../../src/pools/pool-policy.input';

/** Everything on that must be, for companies and people, every limit and rule off. */
export function policyOf(changes: Partial<PoolPolicy> = {}): PoolPolicy {
  return { ...new PoolPolicyInput(), managesPeople: true, releaseReasonRequired: false, ...changes };
}

export function poolOf(changes: Partial<PoolPolicy> = {}, id = 'pool-a', name = 'Pool A'): Pool {
  return { id, name, policy: policyOf(changes) };
}

export function membershipOf(changes: Partial<PoolMembership> = {}): PoolMembership {
  return {
    poolId: 'pool-a',
    memberRole: 'MEMBER',
    holdingCapacity: null,
    claimLimit: null,
    isOnDuty: true,
    ...changes,
  };
}

export function actorOf(memberships: PoolMembership[] = [], changes: Partial<Actor> = {}): Actor {
  return {
    memberId: 'anna',
    isWorkspaceAdmin: false,
    memberships: new Map(memberships.map((one) => [one.poolId, one])),
    ...changes,
  };
}

export function managerOf(poolId = 'pool-a'): Actor {
  return actorOf([membershipOf({ poolId, memberRole: 'MANAGER' })]);
}

export const workspaceAdmin: Actor = actorOf([], { isWorkspaceAdmin: true });

export function ownedBy(ownerId: string, changes: Partial<CustomerState> = {}): CustomerState {
  return {
    status: 'OWNED',
    poolId: 'pool-a',
    ownerId,
    formerOwnerId: null,
    ownedSince: '2026-03-01T00:00:00.000Z',
    pooledSince: null,
    lastActivityAt: null,
    lastActivityOn: null,
    reclaimOn: null,
    reclaimRule: null,
    ...changes,
  };
}

export function pooledIn(poolId: string, changes: Partial<CustomerState> = {}): CustomerState {
  return {
    status: 'POOLED',
    poolId,
    ownerId: null,
    formerOwnerId: null,
    ownedSince: null,
    pooledSince: '2026-03-01T00:00:00.000Z',
    lastActivityAt: null,
    lastActivityOn: null,
    reclaimOn: null,
    reclaimRule: null,
    ...changes,
  };
}
