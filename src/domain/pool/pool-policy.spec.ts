import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { type Actor, capacityInPool, claimLimitInPool, isManagerOf, seesPool } from './pool-policy';

describe('rights in a pool', () => {
  it.each<[string, Actor, boolean]>([
    ['a workspace admin', workspaceAdmin, true],
    ['its manager', managerOf('pool-a'), true],
    ['its member', actorOf([membershipOf()]), false],
    ['a manager of another', managerOf('pool-b'), false],
    ['anybody else', actorOf(), false],
  ])('should know whether %s manages it', (_, actor, manages) => {
    expect(isManagerOf(actor, 'pool-a')).toBe(manages);
  });

  it.each<[string, Actor, boolean, boolean]>([
    ['a workspace admin', workspaceAdmin, true, true],
    ['its manager', managerOf('pool-a'), true, true],
    ['its member', actorOf([membershipOf()]), true, true],
    ['a manager of another', managerOf('pool-b'), true, false],
    ['anybody else', actorOf(), true, false],
  ])('should be seen by %s', (_, actor, everyone, members) => {
    expect(seesPool(actor, poolOf({ visibility: 'EVERYONE' }))).toBe(everyone);
    expect(seesPool(actor, poolOf({ visibility: 'MEMBERS' }))).toBe(members);
  });
});

describe('limits in a pool', () => {
  it.each([
    [50, null, 50],
    [50, 60, 60],
    [50, 0, 0],
    [null, 10, 10],
    [null, null, null],
  ])('should go by the pool (%p) unless the member has a number of their own (%p): %p', (ofPool, ofMember, limit) => {
    const pool = poolOf({ holdingCapacity: ofPool, claimLimit: ofPool });
    const membership = membershipOf({ holdingCapacity: ofMember, claimLimit: ofMember });
    expect(capacityInPool(pool, membership)).toBe(limit);
    expect(claimLimitInPool(pool, membership)).toBe(limit);
  });

  it('should be the pool’s for somebody who is not in it', () => {
    const pool = poolOf({ holdingCapacity: 50, claimLimit: 20 });
    expect([capacityInPool(pool, undefined), claimLimitInPool(pool, undefined)]).toEqual([50, 20]);
  });
});
