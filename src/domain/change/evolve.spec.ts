import { ownedBy, pooledIn } from '../../../test/support/domain-builders';
import type { CustomerState, OwnershipEventType } from '../customer/customer';
import { decideUndo, type UndoneEvent } from './decide-undo';
import { evolve } from './evolve';
import type { OwnershipEvent } from './ownership-event';
import { fenceOf, toldOf } from './told';
import { isAllowed } from './transitions';

const AT = '2026-03-10T10:00:00.000Z';
const owned = ownedBy('anna', { ownedSince: '2026-03-01T00:00:00.000Z' });
const pooled = pooledIn('pool-a', { pooledSince: '2026-03-02T00:00:00.000Z', formerOwnerId: 'cleo' });
const archived = { ...pooled, status: 'ARCHIVED' as const };

function event(type: OwnershipEventType, more: Partial<OwnershipEvent> = {}): OwnershipEvent {
  return { type, toId: null, poolId: 'pool-a', actorId: 'boss', batchId: null, at: AT, ...more };
}

describe('what an event makes of a customer', () => {
  it.each<[string, CustomerState, OwnershipEvent, Partial<CustomerState>]>([
    [
      'claimed',
      pooled,
      event('CLAIMED', { toId: 'ben' }),
      { status: 'OWNED', ownerId: 'ben', ownedSince: AT, pooledSince: null, formerOwnerId: 'cleo' },
    ],
    [
      'reassigned',
      owned,
      event('REASSIGNED', { toId: 'ben' }),
      { ownerId: 'ben', ownedSince: AT, formerOwnerId: 'anna' },
    ],
    [
      'reclaimed',
      owned,
      event('RECLAIMED'),
      { status: 'POOLED', ownerId: null, ownedSince: null, pooledSince: AT, formerOwnerId: 'anna' },
    ],
    [
      'released into another pool',
      owned,
      event('RELEASED', { poolId: 'pool-b' }),
      { status: 'POOLED', poolId: 'pool-b' },
    ],
    ['offboarded to a successor', owned, event('OFFBOARDED', { toId: 'ben' }), { status: 'OWNED', ownerId: 'ben' }],
    ['offboarded to its pool', owned, event('OFFBOARDED'), { status: 'POOLED', ownerId: null }],
    [
      'archived from the pool',
      pooled,
      event('ARCHIVED'),
      { status: 'ARCHIVED', pooledSince: '2026-03-02T00:00:00.000Z' },
    ],
    ['restored', archived, event('RESTORED'), { status: 'POOLED', pooledSince: AT }],
    ['moved', owned, event('ROUTED', { toId: 'anna', poolId: 'pool-b' }), { ...owned, poolId: 'pool-b' }],
    ['held', owned, event('HELD', { toId: 'anna' }), owned],
    ['protected', owned, event('PROTECTED', { toId: 'anna' }), owned],
    ['reverted', owned, event('REVERTED', { fromId: 'ben', toId: 'anna' }), owned],
  ])('should be right when it is %s', (_, before, decided, after) => {
    const now = evolve(before, decided);
    expect(now).toMatchObject(after);
    expect(isAllowed(decided.type, before, now)).toBe(true);
  });

  it.each<[OwnershipEventType, CustomerState, Partial<OwnershipEvent>]>([
    ['CLAIMED', owned, { toId: 'ben' }],
    ['RECLAIMED', pooled, {}],
    ['REASSIGNED', pooled, { toId: 'ben' }],
    ['ASSIGNED', archived, { toId: 'ben' }],
    ['RESTORED', owned, {}],
    ['ARCHIVED', archived, {}],
  ])('should not be allowed: %s of one that is in another state', (type, before, more) => {
    expect(isAllowed(type, before, evolve(before, event(type, more)))).toBe(false);
  });
});

describe('what Twenty is told of an event', () => {
  const told = (before: CustomerState, decided: OwnershipEvent) => toldOf(before, evolve(before, decided), decided);

  it('should be what changes, so that what is freed is told the same whoever had it', () => {
    const saysOf = (ownerId: string) =>
      told(ownedBy(ownerId, { ownedSince: `2026-02-0${ownerId.length}T00:00:00.000Z` }), event('RECLAIMED'));
    expect(saysOf('anna')).toEqual({ ownerId: null, poolStatus: 'POOLED', ownedSince: null, pooledSince: AT });
    expect(saysOf('ben')).toEqual(saysOf('anna'));
  });

  it('should be nothing of what Twenty shows already, nor of a hold', () => {
    expect(told(owned, event('OBSERVED', { toId: 'ben', isSeen: true }))).toBeNull();
    expect(told(owned, event('HELD', { toId: 'anna' }))).toBeNull();
  });

  it('should be all of it where somebody wrote over it', () => {
    expect(told(owned, event('REVERTED', { fromId: 'ben', toId: 'anna' }))).toEqual({
      ownerId: 'anna',
      poolId: 'pool-a',
      poolStatus: 'OWNED',
      ownedSince: owned.ownedSince,
      pooledSince: null,
    });
  });

  it('should be fenced by who has the customer since when, before and after', () => {
    const claim = event('CLAIMED', { toId: 'ben' });
    const shown = { ownerId: null, ownedSince: null, pooledSince: pooled.pooledSince };
    expect(fenceOf(shown, null, told(pooled, claim) ?? {})).toEqual({
      from: { ownerId: null, since: pooled.pooledSince },
      to: { ownerId: 'ben', since: AT },
    });
  });

  it('should be fenced by the owner alone where it is not known what Twenty shows', () => {
    const claim = event('CLAIMED', { toId: 'ben' });
    expect(fenceOf(null, null, told(pooled, claim) ?? {})).toEqual({
      from: { ownerId: null },
      to: { ownerId: 'ben', since: AT },
    });
  });
});

describe('undoing an event', () => {
  const context = { pools: new Set(['pool-a']), gone: new Map(), actorId: 'boss', batchId: 'undo', now: AT };
  const before = {
    status: 'OWNED',
    poolId: 'pool-a',
    ownedSince: owned.ownedSince,
    pooledSince: null,
    formerOwnerId: 'dora',
  };
  const reclaimed: UndoneEvent = { id: 'e1', type: 'RECLAIMED', fromId: 'anna', toId: null, facts: { before } };
  const undo = (
    state: CustomerState,
    more: { undone?: UndoneEvent; isLatest?: boolean; gone?: Map<string, string> } = {},
  ) =>
    decideUndo(state, more.undone ?? reclaimed, more.isLatest ?? true, { ...context, gone: more.gone ?? context.gone });

  it('should give back owner, clock and former owner', () => {
    const taken = evolve(owned, event('RECLAIMED'));
    const decided = undo(taken);
    if ('code' in decided) throw new Error(decided.code);
    expect(evolve(taken, decided)).toEqual({ ...owned, formerOwnerId: 'dora' });
  });

  it('should be refused when somebody has got the customer since', () => {
    expect(undo(pooled, { isLatest: false })).toMatchObject({ code: 'STALE' });
  });

  it('should be refused when its owner has left Twenty', () => {
    expect(undo(pooled, { gone: new Map([['anna', 'Anna']]) })).toMatchObject({
      code: 'TARGET_NOT_ELIGIBLE',
      params: { targetProblem: 'GONE', memberName: 'Anna' },
    });
  });

  it('should be refused of an archive that was taken back already', () => {
    const undone: UndoneEvent = { ...reclaimed, type: 'ARCHIVED', fromId: null };
    expect(undo(pooled, { undone })).toMatchObject({ code: 'STALE' });
    expect(undo(archived, { undone })).toMatchObject({ type: 'UNDONE' });
  });
});
