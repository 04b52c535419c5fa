import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import type { ManagedCandidate } from '../pool/managed-customer';
import type { PoolPolicy } from '../pool/pool-policy';
import { decideHold } from './decide-hold';
import { decideMoreTime, decideRequest } from './decide-more-time';

const anna = actorOf();
const candidate = (changes: Partial<ManagedCandidate> = {}, policy: Partial<PoolPolicy> = {}): ManagedCandidate => ({
  object: 'COMPANY',
  status: 'OWNED',
  pool: poolOf({ extensionDays: 7, extensionsWithoutApproval: 2, ...policy }),
  ownerId: 'anna',
  ownerName: 'Anna',
  wasActors: false,
  ...changes,
});
const ask = (given: ManagedCandidate | null, changes: Partial<Parameters<typeof decideMoreTime>[1]> = {}) =>
  decideMoreTime(given, { actor: anna, days: 7, reason: 'They asked', extensionsUsed: 0, ...changes });

describe('asking for more time', () => {
  it.each([
    ['within the allowance', {}, {}, 'GRANTED'],
    ['the last time within it', { extensionsUsed: 1 }, {}, 'GRANTED'],
    ['once too often', { extensionsUsed: 2 }, {}, 'WAITING'],
    ['a day too many', { days: 8 }, {}, 'WAITING'],
    ['where nothing is given without asking', {}, { extensionsWithoutApproval: 0 }, 'WAITING'],
    ['where no days are set', { days: 1 }, { extensionDays: null }, 'WAITING'],
    ['as a manager of the pool, of one’s own', { actor: managerOf(), days: 100 }, {}, 'APPROVED'],
  ] as const)('should be answered: %s', (_, changes, policy, answer) => {
    expect(ask(candidate({}, policy), changes)).toBe(answer);
  });

  it('should be for the owner, or a manager of the pool', () => {
    expect(ask(candidate({ ownerId: 'ben', ownerName: 'Ben' }), { actor: actorOf([membershipOf()]) })).toEqual({
      code: 'NOT_OWNER',
      params: { ownerId: 'ben', ownerName: 'Ben' },
    });
    expect(ask(candidate({ ownerId: 'ben' }), { actor: workspaceAdmin })).toBe('APPROVED');
    expect(ask(candidate({ status: 'POOLED', ownerId: null, ownerName: null }), { actor: workspaceAdmin })).toEqual({
      code: 'NOT_OWNER',
      params: {},
    });
  });

  it.each([
    ['a record that does not exist', null, 'NOT_FOUND'],
    ['one that no pool manages', candidate({ status: null }), 'NOT_MANAGED'],
    ['an archived one', candidate({ status: 'ARCHIVED', ownerId: null }), 'ARCHIVED'],
  ])('should be refused for %s', (_, given, code) => {
    expect(ask(given)).toMatchObject({ code });
  });

  it('should need a reason', () => {
    expect(ask(candidate(), { reason: ' \u3000' })).toEqual({ code: 'REASON_REQUIRED' });
  });
});

describe('deciding about more time', () => {
  it('should be for managers of the home pool, and not for the owner', () => {
    expect(decideRequest(candidate(), managerOf(), true)).toBeNull();
    expect(decideRequest(candidate(), workspaceAdmin, true)).toBeNull();
    for (const actor of [anna, managerOf('pool-b')])
      expect(decideRequest(candidate(), actor, true)).toEqual({ code: 'NOT_MANAGER', params: { poolName: 'Pool A' } });
  });

  it('should say that nothing waits (any more)', () => {
    expect(decideRequest(candidate(), managerOf(), false)).toEqual({ code: 'STALE' });
  });
});

describe('holding a clock, or a customer away from everyone', () => {
  const given = { actor: managerOf(), reason: 'Trade fair' };

  it('should be for managers of the home pool, owned or not', () => {
    expect(decideHold(candidate(), given)).toBeNull();
    expect(decideHold(candidate({ status: 'POOLED', ownerId: null }), given)).toBeNull();
    expect(decideHold(candidate(), { ...given, actor: anna })).toMatchObject({ code: 'NOT_MANAGER' });
  });

  it('should need a reason and a customer in circulation', () => {
    expect(decideHold(candidate(), { ...given, reason: '' })).toEqual({ code: 'REASON_REQUIRED' });
    expect(decideHold(candidate({ status: 'ARCHIVED' }), given)).toEqual({ code: 'ARCHIVED' });
    expect(decideHold(null, given)).toEqual({ code: 'NOT_FOUND' });
  });
});
