import { actorOf, managerOf, ownedBy, pooledIn, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { toArchived } from '../change/state-transitions';
import type { ManagedCandidate } from '../pool/managed-customer';
import { decideArchive, decideRestore } from './decide-archive';

const candidate = (changes: Partial<ManagedCandidate> = {}): ManagedCandidate => ({
  object: 'COMPANY',
  status: 'OWNED',
  pool: poolOf(),
  ownerId: 'anna',
  ownerName: 'Anna',
  wasActors: false,
  ...changes,
});
const archived = candidate({ status: 'ARCHIVED', ownerId: null, ownerName: null });

describe('archiving and restoring', () => {
  it('should be for managers of the home pool, not for the owner', () => {
    for (const actor of [managerOf(), workspaceAdmin]) {
      expect(decideArchive(candidate(), { actor, reason: 'Junk' })).toBeNull();
      expect(decideRestore(archived, actor)).toBeNull();
    }
    for (const actor of [actorOf(), managerOf('pool-b')]) {
      expect(decideArchive(candidate(), { actor, reason: 'Junk' })?.code).toBe('NOT_MANAGER');
      expect(decideRestore(archived, actor)?.code).toBe('NOT_MANAGER');
    }
  });

  it('should need a reason to archive', () => {
    for (const reason of ['', ' \t\u3000'])
      expect(decideArchive(candidate(), { actor: managerOf(), reason })).toEqual({ code: 'REASON_REQUIRED' });
  });

  it('should refuse what is archived already, and to restore what is not', () => {
    expect(decideArchive(archived, { actor: managerOf(), reason: 'Junk' })).toEqual({ code: 'ARCHIVED' });
    for (const status of ['OWNED', 'POOLED'] as const)
      expect(decideRestore(candidate({ status }), managerOf())).toEqual({ code: 'STALE' });
  });

  it('should know no record that is not there or not managed', () => {
    expect(decideArchive(null, { actor: workspaceAdmin, reason: 'Junk' })).toEqual({ code: 'NOT_FOUND' });
    expect(decideRestore(candidate({ status: null, pool: null }), workspaceAdmin)).toEqual({ code: 'NOT_MANAGED' });
  });

  it('should take the owner away and remember who it was', () => {
    const now = '2026-03-10T00:00:00.000Z';
    const gone = { status: 'ARCHIVED', poolId: 'pool-a', ownerId: null, ownedSince: null, reclaimOn: null };
    expect(toArchived(ownedBy('anna', { reclaimOn: '2026-04-01' }), 'pool-a', now)).toMatchObject({
      ...gone,
      formerOwnerId: 'anna',
      pooledSince: now,
    });
    const pooled = pooledIn('pool-a', { formerOwnerId: 'ben' });
    expect(toArchived(pooled, 'pool-a', now)).toMatchObject({
      ...gone,
      formerOwnerId: 'ben',
      pooledSince: pooled.pooledSince,
    });
  });
});
