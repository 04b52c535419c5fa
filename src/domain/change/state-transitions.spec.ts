import { ownedBy, pooledIn } from '../../../test/support/domain-builders';
import { toOwned, toPooled } from './state-transitions';

const AT = '2026-03-10T10:00:00.000Z';
const clock = {
  lastActivityAt: '2026-03-05T00:00:00.000Z',
  lastActivityOn: '2026-03-05',
  reclaimOn: '2026-04-01',
  reclaimRule: 'NO_ACTIVITY' as const,
};
const still = { lastActivityAt: null, lastActivityOn: null, reclaimOn: null, reclaimRule: null };

describe('changes of owner', () => {
  it('should start the clock anew for whoever claims', () => {
    expect(toOwned(pooledIn('pool-a', { formerOwnerId: 'cleo' }), 'anna', AT)).toEqual({
      ...still,
      status: 'OWNED',
      poolId: 'pool-a',
      ownerId: 'anna',
      formerOwnerId: 'cleo',
      ownedSince: AT,
      pooledSince: null,
    });
  });

  it('should start the clock anew when one owner follows another', () => {
    expect(toOwned(ownedBy('ben', { ...clock, formerOwnerId: 'cleo' }), 'anna', AT)).toEqual({
      ...still,
      status: 'OWNED',
      poolId: 'pool-a',
      ownerId: 'anna',
      formerOwnerId: 'ben',
      ownedSince: AT,
      pooledSince: null,
    });
  });

  it('should stop the clock in the pool and remember who had the customer', () => {
    expect(toPooled(ownedBy('ben', clock), 'pool-b', AT)).toEqual({
      ...still,
      status: 'POOLED',
      poolId: 'pool-b',
      ownerId: null,
      formerOwnerId: 'ben',
      ownedSince: null,
      pooledSince: AT,
    });
  });

  it('should not forget the former owner on the way from pool to pool', () => {
    expect(toPooled(pooledIn('pool-a', { formerOwnerId: 'ben' }), 'pool-b', AT).formerOwnerId).toBe('ben');
  });

  it('should leave the state it starts from as it was', () => {
    const before = ownedBy('ben', clock);
    toPooled(before, 'pool-b', AT);
    toOwned(before, 'anna', AT);
    expect(before).toEqual(ownedBy('ben', clock));
  });
});
