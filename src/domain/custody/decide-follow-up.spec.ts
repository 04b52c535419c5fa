import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { decideFollowUp, type FollowUpCandidate } from './decide-follow-up';

describe('logging a follow-up', () => {
  const owned: FollowUpCandidate = {
    status: 'OWNED',
    pool: poolOf(),
    ownerId: 'anna',
    ownerName: 'Anna',
    wasActors: false,
  };
  const others: FollowUpCandidate = { ...owned, ownerId: 'ben', ownerName: 'Ben' };
  const pooled: FollowUpCandidate = { ...owned, status: 'POOLED', ownerId: null, ownerName: null };

  it('should be for the owner, for managers of the pool and for admins', () => {
    expect(decideFollowUp(owned, actorOf())).toBeNull();
    expect(decideFollowUp(others, managerOf())).toBeNull();
    expect(decideFollowUp(others, workspaceAdmin)).toBeNull();
  });

  it('should be refused to everybody else, naming the owner', () => {
    expect(decideFollowUp(others, actorOf())).toMatchObject({
      code: 'NOT_OWNER',
      params: { ownerId: 'ben', ownerName: 'Ben' },
    });
    expect(decideFollowUp(others, managerOf('pool-b'))).toMatchObject({ code: 'NOT_OWNER' });
  });

  it('should be for all who see the pool while nobody has the customer', () => {
    const hidden = { ...pooled, pool: poolOf({ visibility: 'MEMBERS' }) };
    expect(decideFollowUp(pooled, actorOf())).toBeNull();
    expect(decideFollowUp(hidden, actorOf())).toEqual({ code: 'NOT_MANAGED' });
    expect(decideFollowUp({ ...others, pool: hidden.pool }, actorOf())).toEqual({ code: 'NOT_MANAGED' });
    expect(decideFollowUp(hidden, actorOf([membershipOf()]))).toBeNull();
    expect(decideFollowUp({ ...hidden, wasActors: true }, actorOf())).toBeNull();
  });

  it.each([
    ['NOT_FOUND', null],
    ['NOT_MANAGED', { ...owned, status: null }],
    ['NOT_MANAGED', { ...owned, pool: null }],
    ['ARCHIVED', { ...owned, status: 'ARCHIVED' as const }],
  ])('should be refused as %s also to admins', (code, candidate) => {
    expect(decideFollowUp(candidate, workspaceAdmin)).toMatchObject({ code });
  });
});
