import { ownedBy, pooledIn } from '../../../test/support/domain-builders';
import type { CustomerState } from './customer';
import { evolve } from '../change/evolve';
import { decideObservation, type ObservationContext, type ObservedRecord } from './decide-observation';

const NOW = '2026-03-10T10:00:00.000Z';
const EARLIER = '2026-03-01T00:00:00.000Z';

const unmanaged: CustomerState = {
  status: null,
  poolId: null,
  ownerId: null,
  formerOwnerId: null,
  ownedSince: null,
  pooledSince: null,
  lastActivityAt: null,
  lastActivityOn: null,
  reclaimOn: null,
  reclaimRule: null,
};
const blank: ObservedRecord = {
  ownerId: null,
  poolId: null,
  poolStatus: null,
  ownedSince: null,
  pooledSince: null,
  formerOwnerId: null,
  changedBy: 'ben',
};

/** Twenty's record of a customer whose state is known, with what was changed there. */
function shown(state: CustomerState, changes: Partial<ObservedRecord> = {}): ObservedRecord {
  const { ownerId, poolId, status: poolStatus, ownedSince, pooledSince, formerOwnerId } = state;
  return { ownerId, poolId, poolStatus, ownedSince, pooledSince, formerOwnerId, changedBy: 'ben', ...changes };
}

interface Seen {
  /** What the customer becomes by it. */
  after: CustomerState;
  event: {
    type: string;
    confirmed: boolean;
    fromId?: string | null;
    toId: string | null;
    actorId: string | null;
  } | null;
  leftAlone: boolean;
}

function observe(known: CustomerState, seen: ObservedRecord, context: Partial<ObservationContext> = {}): Seen {
  const { event, takenOver, leftAlone } = decideObservation(known, seen, {
    recordPoolFits: true,
    homePoolIsGone: false,
    routedPoolId: null,
    directEdits: 'ACCEPT',
    recentReverts: 0,
    ownerWasRemoved: false,
    ownedAtLeastSince: NOW,
    now: NOW,
    ...context,
  });
  if (!event) return { after: takenOver ?? known, event: null, leftAlone };
  const { type, fromId, toId, actorId, isSeen = false } = event;
  return {
    after: evolve(known, { ...event, batchId: null }),
    event: { type, confirmed: isSeen, ...(fromId === undefined ? {} : { fromId }), toId, actorId },
    leftAlone,
  };
}

const running = {
  reclaimOn: '2026-04-01',
  reclaimRule: 'NO_ACTIVITY' as const,
  lastActivityAt: '2026-03-05T00:00:00.000Z',
};
const nothing = (after: CustomerState): Seen => ({ after, event: null, leftAlone: false });

describe('a record that no pool manages yet', () => {
  const noPool = { recordPoolFits: false };

  it('should stay as it is when routing sends it nowhere, with its owner known', () => {
    expect(observe(unmanaged, { ...blank, ownerId: 'anna' }, noPool)).toEqual(
      nothing({ ...unmanaged, ownerId: 'anna' }),
    );
  });

  it('should go to the pool that routing says when nobody owns it', () => {
    expect(observe(unmanaged, blank, { ...noPool, routedPoolId: 'pool-a' })).toEqual({
      after: pooledIn('pool-a', { pooledSince: NOW }),
      event: { type: 'ROUTED', confirmed: true, fromId: null, toId: null, actorId: null },
      leftAlone: false,
    });
  });

  it('should stay owned when it was created with an owner, and get its home pool the same way', () => {
    expect(observe(unmanaged, { ...blank, ownerId: 'anna' }, { ...noPool, routedPoolId: 'pool-a' })).toEqual({
      after: ownedBy('anna', { ownedSince: NOW }),
      event: { type: 'ROUTED', confirmed: true, fromId: null, toId: 'anna', actorId: null },
      leftAlone: false,
    });
  });

  it('should go to the pool that it names rather than where routing would send it', () => {
    const { after, event } = observe(unmanaged, { ...blank, poolId: 'pool-b' }, { routedPoolId: 'pool-a' });
    expect(after).toEqual(pooledIn('pool-b', { pooledSince: NOW }));
    expect(event?.type).toBe('ROUTED');
  });

  it('should be routed anew when it names a pool that does not manage its kind', () => {
    const seen = shown(pooledIn('pool-gone'));
    const { after, event } = observe(unmanaged, seen, { recordPoolFits: false, routedPoolId: 'pool-a' });
    expect(after).toEqual(pooledIn('pool-a'));
    expect(event).toEqual({ type: 'ROUTED', confirmed: true, fromId: null, toId: null, actorId: null });
  });

  it('should be taken under management when its index row has lost its pool', () => {
    expect(observe({ ...unmanaged, status: 'POOLED' }, blank, { ...noPool, routedPoolId: 'pool-a' }).after.poolId).toBe(
      'pool-a',
    );
  });
});

describe('a record that was managed before the index was rebuilt', () => {
  it.each<[string, CustomerState]>([
    ['owned', ownedBy('anna', { formerOwnerId: 'cleo' })],
    ['pooled', pooledIn('pool-b', { formerOwnerId: 'cleo' })],
    ['archived', pooledIn('pool-b', { status: 'ARCHIVED' })],
  ])('should be taken over as it is, without a new line in the history: %s', (_, state) => {
    expect(observe(unmanaged, shown(state))).toEqual(nothing(state));
  });

  it('should be observed when it was given an owner meanwhile', () => {
    expect(observe(unmanaged, shown(pooledIn('pool-b'), { ownerId: 'anna' }))).toEqual({
      after: ownedBy('anna', { poolId: 'pool-b', ownedSince: NOW }),
      event: { type: 'OBSERVED', confirmed: true, fromId: null, toId: 'anna', actorId: 'ben' },
      leftAlone: false,
    });
  });

  it('should be pooled, with no date to fall due on, when it lost its owner meanwhile', () => {
    expect(observe(unmanaged, shown(ownedBy('anna', running), { ownerId: null }))).toEqual({
      after: pooledIn('pool-a', { pooledSince: NOW }),
      event: { type: 'OBSERVED', confirmed: true, fromId: null, toId: null, actorId: 'ben' },
      leftAlone: false,
    });
  });

  it('should get the times that it lacks', () => {
    const observation = observe(unmanaged, shown(ownedBy('anna', { ownedSince: null })));
    expect(observation).toEqual(nothing(ownedBy('anna', { ownedSince: NOW })));
  });
});

describe('an owner changed in Twenty', () => {
  const known = ownedBy('anna', running);

  describe('where direct edits are accepted', () => {
    it('should be an event of its own and start the clock', () => {
      expect(observe(known, shown(known, { ownerId: 'cleo' }))).toEqual({
        after: ownedBy('cleo', { formerOwnerId: 'anna', ownedSince: NOW }),
        event: { type: 'OBSERVED', confirmed: true, fromId: 'anna', toId: 'cleo', actorId: 'ben' },
        leftAlone: false,
      });
    });

    it('should pool the customer when the owner was emptied', () => {
      expect(observe(known, shown(known, { ownerId: null }))).toEqual({
        after: pooledIn('pool-a', { formerOwnerId: 'anna', pooledSince: NOW }),
        event: { type: 'OBSERVED', confirmed: true, fromId: 'anna', toId: null, actorId: 'ben' },
        leftAlone: false,
      });
    });

    it.each([
      ['pooled', pooledIn('pool-a')],
      ['archived', pooledIn('pool-a', { status: 'ARCHIVED' })],
    ])('should make a %s customer an owned one', (_, state) => {
      const { after, event } = observe(state, shown(state, { ownerId: 'cleo', changedBy: null }));
      expect(after).toEqual(ownedBy('cleo', { ownedSince: NOW }));
      expect(event).toEqual({ type: 'OBSERVED', confirmed: true, fromId: null, toId: 'cleo', actorId: null });
    });

    it('should take over a pool that was changed along with the owner', () => {
      expect(observe(known, shown(known, { ownerId: 'cleo', poolId: 'pool-b' })).after.poolId).toBe('pool-b');
      expect(observe(known, shown(known, { ownerId: null, poolId: 'pool-b' })).after).toMatchObject({
        status: 'POOLED',
        poolId: 'pool-b',
      });
    });

    it.each([
      ['emptied', null, true],
      ['set to one that does not fit', 'pool-b', false],
    ])('should keep the home pool when it was %s along with the owner', (_, poolId, recordPoolFits) => {
      expect(observe(known, shown(known, { ownerId: 'cleo', poolId }), { recordPoolFits }).after.poolId).toBe('pool-a');
    });

    it('should go on accepting however often it happened', () => {
      expect(observe(known, shown(known, { ownerId: 'cleo' }), { recentReverts: 9 })).toMatchObject({
        event: { type: 'OBSERVED' },
        leftAlone: false,
      });
    });
  });

  describe('where direct edits are reverted', () => {
    const directEdits = 'REVERT' as const;

    it.each([
      ['another owner', known, 'cleo'],
      ['no owner', known, null],
      ['an owner of a pooled customer', pooledIn('pool-a'), 'cleo'],
    ])('should restore the state before: %s', (_, before, ownerId) => {
      expect(observe(before, shown(before, { ownerId }), { directEdits })).toEqual({
        after: before,
        event: { type: 'REVERTED', confirmed: false, fromId: ownerId, toId: before.ownerId, actorId: null },
        leftAlone: false,
      });
    });

    it.each([
      [0, 'REVERTED', false],
      [1, 'REVERTED', false],
      [2, 'OBSERVED', true],
      [3, 'OBSERVED', true],
    ])('should not fight a user in a loop: after %i reverts in the hour %s', (recentReverts, type, leftAlone) => {
      expect(observe(known, shown(known, { ownerId: 'cleo' }), { directEdits, recentReverts })).toMatchObject({
        event: { type },
        leftAlone,
      });
    });

    it('should accept as observed what it leaves alone', () => {
      const observation = observe(known, shown(known, { ownerId: 'cleo' }), { directEdits, recentReverts: 2 });
      expect(observation.after).toEqual(ownedBy('cleo', { formerOwnerId: 'anna', ownedSince: NOW }));
      expect(observation.event).toEqual({
        type: 'OBSERVED',
        confirmed: true,
        fromId: 'anna',
        toId: 'cleo',
        actorId: 'ben',
      });
    });

    it('should accept an edit of the home pool, which is no edit of the owner', () => {
      expect(observe(known, shown(known, { poolId: 'pool-b' }), { directEdits }).event?.type).toBe('ROUTED');
    });
  });

  describe('when the owner was removed from Twenty', () => {
    it.each(['ACCEPT', 'REVERT'] as const)(
      'should send the customer to its pool and call it offboarding (%s)',
      (directEdits) => {
        expect(
          observe(known, shown(known, { ownerId: null, changedBy: null }), {
            ownerWasRemoved: true,
            directEdits,
            recentReverts: 5,
          }),
        ).toEqual({
          after: pooledIn('pool-a', { formerOwnerId: 'anna', pooledSince: NOW }),
          event: { type: 'OFFBOARDED', confirmed: true, fromId: 'anna', toId: null, actorId: null },
          leftAlone: false,
        });
      },
    );

    it.each(['ACCEPT', 'REVERT'] as const)(
      'should leave the customer with whom it was given to instead (%s)',
      (directEdits) => {
        expect(observe(known, shown(known, { ownerId: 'cleo' }), { ownerWasRemoved: true, directEdits })).toEqual({
          after: ownedBy('cleo', { formerOwnerId: 'anna', ownedSince: NOW }),
          event: { type: 'OBSERVED', confirmed: true, fromId: 'anna', toId: 'cleo', actorId: 'ben' },
          leftAlone: false,
        });
      },
    );
  });
});

describe('a home pool changed in Twenty', () => {
  it.each([
    ['owned', ownedBy('anna', running)],
    ['pooled', pooledIn('pool-a')],
    ['archived', pooledIn('pool-a', { status: 'ARCHIVED' })],
  ])('should be followed, without a new clock: %s', (_, known) => {
    expect(observe(known, shown(known, { poolId: 'pool-b' }))).toEqual({
      after: { ...known, poolId: 'pool-b' },
      event: { type: 'ROUTED', confirmed: true, fromId: null, toId: null, actorId: 'ben' },
      leftAlone: false,
    });
  });

  it.each([
    ['emptied', null, true],
    ['set to one that does not manage such records', 'pool-b', false],
  ])('should be no event when it was %s: what Twenty shows is put back', (_, poolId, recordPoolFits) => {
    const known = ownedBy('anna');
    expect(observe(known, shown(known, { poolId }), { recordPoolFits })).toEqual(nothing(known));
  });
});

describe('derived fields changed in Twenty', () => {
  const known = ownedBy('anna', { ...running, formerOwnerId: 'cleo' });

  it.each<[string, Partial<ObservedRecord>]>([
    ['poolStatus', { poolStatus: 'POOLED' }],
    ['poolStatus, emptied', { poolStatus: null }],
    ['ownedSince', { ownedSince: '2026-03-09T00:00:00.000Z' }],
    ['ownedSince, emptied', { ownedSince: null }],
    ['pooledSince', { pooledSince: EARLIER }],
    ['formerOwnerId', { formerOwnerId: 'ben' }],
  ])('should change nothing: %s', (_, changes) => {
    expect(observe(known, shown(known, changes))).toEqual(nothing(known));
  });

  describe('of a customer whose home pool was removed', () => {
    it('should give it the pool that routing finds, and say so', () => {
      const known = pooledIn('gone');
      const { after, event } = observe(known, shown(known), {
        recordPoolFits: false,
        homePoolIsGone: true,
        routedPoolId: 'pool-b',
      });
      expect(after).toEqual({ ...known, poolId: 'pool-b' });
      expect(event?.type).toBe('ROUTED');
    });

    it('should go to the new pool when its owner was emptied at the same time', () => {
      const known = ownedBy('ben', { poolId: 'gone' });
      const { after } = observe(known, shown(known, { ownerId: null }), {
        recordPoolFits: false,
        homePoolIsGone: true,
        routedPoolId: 'pool-b',
      });
      expect(after).toMatchObject({ status: 'POOLED', poolId: 'pool-b', ownerId: null });
    });
  });
});
