import { actorOf, managerOf, membershipOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import type { Actor, Pool, PoolPolicy } from '../pool/pool-policy';
import type { Refusal } from '../refusal/refusal';
import type { ManagedCandidate } from '../pool/managed-customer';
import { decideRelease } from './decide-release';

interface Given {
  policy?: Partial<PoolPolicy>;
  candidate?: Partial<ManagedCandidate>;
  actor?: Actor;
  target?: Pool | null;
  reason?: string | null;
}

const anna = actorOf();
const ben = actorOf([], { memberId: 'ben' });

function release({ policy, candidate, actor = anna, target, reason = null }: Given = {}): Refusal | null {
  const owned: ManagedCandidate = {
    object: 'COMPANY',
    status: 'OWNED',
    pool: poolOf(policy),
    ownerId: 'anna',
    ownerName: 'Anna',
    wasActors: false,
    ...candidate,
  };
  return decideRelease(owned, { actor, target, reason });
}

const target = (changes: Partial<PoolPolicy> = {}): Pool => poolOf(changes, 'pool-b', 'Pool B');

describe('deciding a release', () => {
  it('should let an owner give a customer back to its home pool', () => {
    expect(release()).toBeNull();
  });

  describe('who may', () => {
    it.each<[string, Actor]>([
      ['a manager of the home pool', managerOf()],
      ['a workspace admin', workspaceAdmin],
    ])('should let %s give back what somebody else owns', (_, { memberships, isWorkspaceAdmin }) => {
      expect(release({ actor: { memberId: 'ben', memberships, isWorkspaceAdmin } })).toBeNull();
    });

    it.each<[string, Actor]>([
      ['a colleague', ben],
      ['a member of the pool', { ...ben, memberships: actorOf([membershipOf()]).memberships }],
      ['a manager of another pool', { ...ben, memberships: managerOf('pool-b').memberships }],
    ])('should tell %s whose customer it is', (_, actor) => {
      expect(release({ actor })).toMatchObject({ code: 'NOT_OWNER', params: { ownerName: 'Anna' } });
    });

    it('should not take the chosen pool’s manager for the home pool’s', () => {
      expect(release({ actor: { ...ben, memberships: managerOf('pool-b').memberships }, target: target() })?.code).toBe(
        'NOT_OWNER',
      );
    });

    it.each<[string, Actor]>([
      ['a member', anna],
      ['a manager', managerOf()],
    ])('should refuse %s who releases what is pooled already', (_, actor) => {
      expect(release({ actor, candidate: { status: 'POOLED', ownerId: null, ownerName: null } })).toEqual({
        code: 'NOT_OWNER',
      });
    });
  });

  describe('what the customer is', () => {
    it('should say that a record which does not exist is not found', () => {
      expect(decideRelease(null, { actor: workspaceAdmin, target: undefined, reason: 'No need' })).toEqual({
        code: 'NOT_FOUND',
      });
    });

    it.each<[string, Partial<ManagedCandidate>, string]>([
      ['has no state', { status: null }, 'NOT_MANAGED'],
      ['is in no pool', { pool: null }, 'NOT_MANAGED'],
      ['is archived', { status: 'ARCHIVED' }, 'ARCHIVED'],
    ])('should refuse one that %s', (_, candidate, code) => {
      expect(release({ candidate, actor: workspaceAdmin })).toEqual({ code });
    });
  });

  describe('reason', () => {
    const policy = { releaseReasonRequired: true };

    it.each([
      ['none', null, 'REASON_REQUIRED'],
      ['an empty one', '', 'REASON_REQUIRED'],
      ['blanks', ' \t\u3000', 'REASON_REQUIRED'],
      ['one from the list', 'NO_BUDGET', undefined],
      ['free text', '客户已注销', undefined],
    ])('should be asked for where the home pool asks for one: %s', (_, reason, code) => {
      expect(release({ policy, reason })?.code).toBe(code);
    });

    it('should be asked of a manager too', () => {
      expect(release({ policy, actor: managerOf() })?.code).toBe('REASON_REQUIRED');
    });

    it('should be the home pool’s to ask for, whatever the chosen pool asks', () => {
      expect(release({ policy, target: target({ releaseReasonRequired: false }) })?.code).toBe('REASON_REQUIRED');
      expect(release({ target: target(policy) })).toBeNull();
    });

    it('should not be asked of somebody who may not release at all', () => {
      expect(release({ policy, actor: ben })?.code).toBe('NOT_OWNER');
    });
  });

  describe('chosen pool', () => {
    it.each<[string, Given]>([
      ['another that the owner sees', { target: target() }],
      ['the home pool by name', { target: poolOf() }],
      ['a home pool that is closed', { policy: { isActive: false }, target: poolOf({ isActive: false }) }],
      [
        'a pool for members, of a member',
        { actor: actorOf([membershipOf({ poolId: 'pool-b' })]), target: target({ visibility: 'MEMBERS' }) },
      ],
      [
        'a pool for people, of a person',
        { candidate: { object: 'PERSON' }, target: target({ managesCompanies: false }) },
      ],
    ])('should be taken: %s', (_, given) => {
      expect(release(given)).toBeNull();
    });

    it.each<[string, Given, Refusal]>([
      ['an id that is no pool', { target: null }, { code: 'TARGET_NOT_ELIGIBLE' }],
      ['a pool for members, of somebody else', { target: target({ visibility: 'MEMBERS' }) }, { code: 'NOT_VISIBLE' }],
      [
        'a pool that is not active',
        { target: target({ isActive: false }) },
        { code: 'POOL_INACTIVE', params: { poolName: 'Pool B' } },
      ],
      [
        'a pool that takes no companies',
        { target: target({ managesCompanies: false }) },
        { code: 'TARGET_NOT_ELIGIBLE', params: { poolName: 'Pool B' } },
      ],
      [
        'a pool that takes no people',
        { candidate: { object: 'PERSON' }, target: target({ managesPeople: false }) },
        { code: 'TARGET_NOT_ELIGIBLE', params: { poolName: 'Pool B' } },
      ],
      [
        'a hidden pool that is not active either',
        { target: target({ visibility: 'MEMBERS', isActive: false }) },
        { code: 'NOT_VISIBLE' },
      ],
    ])('should be refused: %s', (_, given, refusal) => {
      expect(release(given)).toEqual(refusal);
    });
  });
});
