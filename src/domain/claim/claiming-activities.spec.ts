import { policyOf } from '../../../test/support/domain-builders';
import { type ActivityOnPooled, claimsOnActivity, isClaiming, turnsToClaim } from './claiming-activities';

const NOW = '2026-03-10T10:00:00.000Z';
const rules = { qualifying: ['NOTE', 'MEETING', 'FOLLOW_UP', 'EMAIL_RECEIVED'], now: NOW };

function activity(changes: Partial<ActivityOnPooled> = {}): ActivityOnPooled {
  return {
    object: 'COMPANY',
    recordId: 'acme',
    kind: 'NOTE',
    sourceId: 'note-1',
    at: '2026-03-10T09:00:00.000Z',
    memberId: 'anna',
    pooledSince: '2026-03-01T00:00:00.000Z',
    ownerChangedAt: null,
    claimsSince: '2026-03-05T00:00:00.000Z',
    isConsidered: false,
    isInFlight: false,
    ...changes,
  };
}

describe('claiming by activity', () => {
  it.each([
    [true, { claimOnActivity: true }],
    [false, {}],
    [false, { claimOnActivity: true, isActive: false }],
  ])('should be %s for a pool with %p', (claims, policy) => {
    expect(claimsOnActivity(policyOf(policy))).toBe(claims);
  });

  describe('which activities', () => {
    const at = '2026-03-10T09:00:00.000Z';
    const later = '2026-03-10T09:00:00.001Z';

    it.each<[string, boolean, Partial<ActivityOnPooled>]>([
      ['what was done on a pooled customer', true, {}],
      ['what does not qualify in this workspace', false, { kind: 'TASK_COMPLETED' }],
      ['a mail that came in, though it qualifies', false, { kind: 'EMAIL_RECEIVED' }],
      ['what was done in the moment it was pooled', true, { pooledSince: at }],
      ['what was done before it was pooled', false, { pooledSince: later }],
      ['what was done when nobody knows since when it is pooled', true, { pooledSince: null }],
      ['what was done in the moment the setting was seen', true, { claimsSince: at }],
      ['what was done before the setting was seen', false, { claimsSince: later }],
      ['what was done when somebody had it, though an undo put it back where it was', false, { ownerChangedAt: later }],
      ['what was done as soon as nobody had it', true, { ownerChangedAt: at }],
      ['a meeting that is over at this moment', true, { kind: 'MEETING', at: NOW }],
      ['a meeting that is still ahead', false, { kind: 'MEETING', at: '2026-03-10T10:00:00.001Z' }],
      ['what is heard of just in time', true, { at: '2026-03-07T10:00:00.001Z' }],
      ['what is heard of days later', false, { at: '2026-03-07T10:00:00.000Z' }],
    ])('should take %s: %s', (_, claims, changes) => {
      expect(isClaiming(activity(changes), rules)).toBe(claims);
    });
  });

  describe('whose turn', () => {
    const minute = (of: number) => `2026-03-10T09:0${of}:00.000Z`;
    const turns = (...activities: ActivityOnPooled[]) =>
      turnsToClaim(activities, rules).map((turn) => turn.map(({ recordId, memberId }) => `${memberId} on ${recordId}`));

    it('should be the earliest first, whatever the order in which they were read', () => {
      const [anna, ben, carl] = ['anna', 'ben', 'carl'].map((memberId, index) =>
        activity({ memberId, sourceId: memberId, at: minute(index) }),
      ) as [ActivityOnPooled, ActivityOnPooled, ActivityOnPooled];
      expect(turns(carl, anna, ben)).toEqual([['anna on acme', 'ben on acme', 'carl on acme']]);
    });

    it('should go customer by customer, in the order in which they were worked on', () => {
      const given = [
        activity({ recordId: 'acme', memberId: 'ben', at: minute(3) }),
        activity({ recordId: 'zeta', memberId: 'anna', at: minute(1) }),
        activity({ recordId: 'acme', memberId: 'anna', at: minute(2) }),
        activity({ recordId: 'zeta', object: 'PERSON', memberId: 'anna', at: minute(4) }),
      ];
      expect(turns(...given)).toEqual([['anna on zeta'], ['anna on acme', 'ben on acme'], ['anna on zeta']]);
    });

    it('should not depend on the order in which two of the same moment were read', () => {
      const [one, other] = [
        activity({ sourceId: 'a', memberId: 'anna' }),
        activity({ sourceId: 'b', memberId: 'ben' }),
      ];
      expect(turns(other, one)).toEqual(turns(one, other));
    });

    it('should pass over what has had its answer, what waits for Twenty and what claims nothing', () => {
      expect(
        turns(activity({ isConsidered: true }), activity({ isInFlight: true }), activity({ claimsSince: NOW })),
      ).toEqual([]);
      expect(turns(activity({ isConsidered: true }), activity({ memberId: 'ben', at: minute(5) }))).toEqual([
        ['ben on acme'],
      ]);
    });
  });
});
