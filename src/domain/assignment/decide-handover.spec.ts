import { actorOf, managerOf, poolOf, workspaceAdmin } from '../../../test/support/domain-builders';
import { decideHandover, type HandoverCandidate } from './decide-handover';

const pool = poolOf();
const request = {
  actor: managerOf(),
  targetIds: new Set(['ben']),
  timeZone: 'Asia/Shanghai',
  now: '2026-03-10T08:00:00.000Z',
};
const owned: HandoverCandidate = {
  object: 'COMPANY',
  status: 'OWNED',
  pool,
  ownerId: 'anna',
  ownerName: 'Anna',
  wasActors: false,
  quietUntil: null,
};
const pooled: HandoverCandidate = { ...owned, status: 'POOLED', ownerId: null, ownerName: null };

describe('handing a customer over', () => {
  it.each<[string, HandoverCandidate | null, string | undefined]>([
    ['an owned customer', owned, undefined],
    ['a pooled customer', pooled, undefined],
    ['a record that does not exist', null, 'NOT_FOUND'],
    ['a record that no pool manages', { ...pooled, status: null, pool: null }, 'NOT_MANAGED'],
    ['an archived customer', { ...pooled, status: 'ARCHIVED' }, 'ARCHIVED'],
    ['what a target has already', { ...owned, ownerId: 'ben' }, 'ALREADY_OWNED'],
    ['a pooled customer that is left in peace', { ...pooled, quietUntil: '2026-03-11' }, 'QUIET_PERIOD'],
    ['a pooled customer whose quiet period is over', { ...pooled, quietUntil: '2026-03-10' }, undefined],
    ['an owned customer in a quiet period', { ...owned, quietUntil: '2026-03-11' }, undefined],
  ])('should be for %s decided as told', (_, candidate, code) => {
    expect(decideHandover(candidate, request)?.code).toBe(code);
  });

  it('should be for managers of the home pool', () => {
    expect(decideHandover(owned, { ...request, actor: actorOf() })?.code).toBe('NOT_MANAGER');
    expect(decideHandover(owned, { ...request, actor: managerOf('pool-b') })?.code).toBe('NOT_MANAGER');
    expect(decideHandover(owned, { ...request, actor: workspaceAdmin })).toBeNull();
  });
});
