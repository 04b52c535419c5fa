import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { refuseUnlessManager, refuseUnlessSeen } from './managed-customer';
import type { Actor } from './pool-policy';
import { seesCustomer, seesEvent } from './visibility';

const hidden = poolOf({ visibility: 'MEMBERS' });
const open = poolOf({}, 'pool-b');
const outsider = actorOf();
const others = { pool: hidden, ownerId: 'ben', wasActors: false };

describe('who sees a customer of a pool for members', () => {
  it.each<[string, Actor, boolean]>([
    ['its members', actorOf([membershipOf()]), true],
    ['its managers', managerOf(), true],
    ['workspace admins', workspaceAdmin, true],
    ['a manager of another pool', managerOf('pool-b'), false],
    ['its owner', actorOf([], { memberId: 'ben' }), true],
    ['anybody else', outsider, false],
  ])('should be asked of %s', (_, actor, sees) => {
    expect(seesCustomer(actor, others)).toBe(sees);
  });

  it('should be also whoever had it before, and nobody when no pool manages it', () => {
    expect(seesCustomer(outsider, { ...others, wasActors: true })).toBe(true);
    expect(seesCustomer(workspaceAdmin, { pool: null, ownerId: 'anna', wasActors: true })).toBe(false);
  });

  it('should answer an outsider as of a record that no pool manages, whatever they may do elsewhere', () => {
    const candidate = { ...others, object: 'COMPANY' as const, status: 'OWNED' as const, ownerName: 'Ben' };
    for (const actor of [outsider, managerOf('pool-b')]) {
      expect(refuseUnlessSeen(candidate, actor)).toEqual({ code: 'NOT_MANAGED' });
      expect(refuseUnlessManager(candidate, actor)).toEqual({ code: 'NOT_MANAGED' });
    }
    expect(refuseUnlessManager(candidate, actorOf([membershipOf()]))).toMatchObject({ code: 'NOT_MANAGER' });
  });
});

describe('who sees a line of the history', () => {
  const line = { pool: open, toId: 'ben', actorId: 'chen' };

  it('should go by where the customer is now, not by where it was then', () => {
    expect(seesEvent(outsider, line, others)).toBe(false);
    expect(seesEvent(outsider, { ...line, pool: hidden }, { ...others, pool: open })).toBe(true);
  });

  it('should go by the line when no pool manages the customer any more', () => {
    for (const customer of [null, { ...others, pool: null }]) {
      expect(seesEvent(outsider, line, customer)).toBe(true);
      expect(seesEvent(outsider, { ...line, pool: hidden }, customer)).toBe(false);
      expect(seesEvent(outsider, { ...line, pool: null }, customer)).toBe(false);
      expect(seesEvent(workspaceAdmin, { ...line, pool: null }, customer)).toBe(true);
    }
  });

  it('should be told to who did it, who got the customer by it and who ever had the customer', () => {
    expect(seesEvent(actorOf([], { memberId: 'chen' }), line, others)).toBe(true);
    expect(seesEvent(actorOf([], { memberId: 'ben' }), line, { ...others, ownerId: null })).toBe(true);
    expect(seesEvent(outsider, line, { ...others, wasActors: true })).toBe(true);
  });
});
