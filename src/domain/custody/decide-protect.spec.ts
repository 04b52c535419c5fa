import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import type { ManagedCandidate } from '../pool/managed-customer';
import { decideProtect } from './decide-protect';

const candidate = (changes: Partial<ManagedCandidate> = {}): ManagedCandidate => ({
  object: 'COMPANY',
  status: 'OWNED',
  pool: poolOf(),
  ownerId: 'anna',
  ownerName: 'Anna',
  wasActors: false,
  ...changes,
});

describe('protecting and locking', () => {
  it('should be for managers of the home pool, whoever has the customer', () => {
    for (const status of ['OWNED', 'POOLED'] as const)
      expect(decideProtect(candidate({ status }), managerOf())).toBeNull();
    expect(decideProtect(candidate(), workspaceAdmin)).toBeNull();
    expect(decideProtect(candidate(), actorOf([membershipOf()]))).toEqual({
      code: 'NOT_MANAGER',
      params: { poolName: 'Pool A' },
    });
  });

  it('should be refused for what is out of circulation or unknown', () => {
    expect(decideProtect(candidate({ status: 'ARCHIVED' }), managerOf())).toEqual({ code: 'ARCHIVED' });
    expect(decideProtect(null, managerOf())).toEqual({ code: 'NOT_FOUND' });
  });
});
