import { actorOf, managerOf, poolOf } from '../../../test/support/domain-builders';
import { decideMove } from './decide-move';
import type { ManagedCandidate } from './managed-customer';
import type { PoolPolicy } from './pool-policy';

const candidate = (changes: Partial<ManagedCandidate> = {}): ManagedCandidate => ({
  object: 'COMPANY',
  status: 'OWNED',
  pool: poolOf(),
  ownerId: 'anna',
  ownerName: 'Anna',
  wasActors: false,
  ...changes,
});
const other = (policy: Partial<PoolPolicy> = {}) => poolOf(policy, 'pool-b', 'Pool B');

describe('moving to another pool', () => {
  it.each([
    ['an owned customer', candidate()],
    ['a pooled one', candidate({ status: 'POOLED', ownerId: null })],
  ])('should be done for a manager of the home pool who sees the other: %s', (_, given) => {
    expect(decideMove(given, { actor: managerOf(), target: other() })).toBeNull();
  });

  it('should not be for the owner, nor for a manager of the other pool', () => {
    for (const actor of [actorOf(), managerOf('pool-b')])
      expect(decideMove(candidate(), { actor, target: other() })?.code).toBe('NOT_MANAGER');
  });

  it.each([
    ['an id that is no pool', null, 'TARGET_NOT_ELIGIBLE'],
    ['a pool that the manager does not see', other({ visibility: 'MEMBERS' }), 'NOT_VISIBLE'],
    ['a pool that is not active', other({ isActive: false }), 'POOL_INACTIVE'],
    ['a pool that takes no companies', other({ managesCompanies: false }), 'TARGET_NOT_ELIGIBLE'],
  ])('should refuse %s', (_, target, code) => {
    expect(decideMove(candidate(), { actor: managerOf(), target })?.code).toBe(code);
  });

  it('should grant the pool it is in, active or not', () => {
    expect(
      decideMove(candidate({ pool: poolOf({ isActive: false }) }), {
        actor: managerOf(),
        target: poolOf({ isActive: false }),
      }),
    ).toBeNull();
  });

  it('should leave archived customers where they are', () => {
    expect(decideMove(candidate({ status: 'ARCHIVED' }), { actor: managerOf(), target: other() })).toEqual({
      code: 'ARCHIVED',
    });
  });
});
