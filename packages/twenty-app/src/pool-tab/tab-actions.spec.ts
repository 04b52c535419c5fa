import type { EventType, PoolStatus, PoolTabAnswer } from './pool-tab.types';
import { tabActions } from './tab-actions';

const TODAY = '2026-11-22';

interface Given {
  status: PoolStatus;
  owns?: boolean;
  manages?: boolean;
  mayClaim?: boolean;
  /** The owner asks for more time. */
  asks?: boolean;
  last?: { type: EventType; at?: string; facts?: Record<string, unknown> };
}

function answer({ status, owns = false, manages = false, mayClaim = false, asks = false, last }: Given): PoolTabAnswer {
  const pool = { id: 'p', name: 'East' };
  const me = { id: 'me', name: 'Me' };
  return {
    customer: {
      name: 'Acme',
      status,
      pool,
      owner: status === 'OWNED' ? (owns ? me : { id: 'other', name: 'Other' }) : null,
      ownedSince: null,
      pooledSince: null,
      lastActivityAt: null,
      reclaimOn: null,
      reclaimRule: null,
      locked: false,
      protectedUntil: null,
      clock: null,
      claimable: { allowed: mayClaim, refusal: null },
      moreTime: asks ? { days: 7, reason: 'Budget', askedAt: '2026-11-20T08:00:00Z', waitsUntil: TODAY } : null,
    },
    ownershipEvents: {
      events: last
        ? [
            {
              id: 'e',
              type: last.type,
              from: null,
              to: null,
              pool,
              actor: me,
              bySystem: false,
              reason: null,
              note: null,
              rule: null,
              facts: last.facts ?? null,
              at: last.at ?? '2026-11-20T08:00:00Z',
            },
          ]
        : [],
      endCursor: null,
      hasNextPage: false,
    },
    viewer: {
      member: me,
      isWorkspaceAdmin: false,
      managedPools: manages ? [pool] : [],
      today: TODAY,
      capacities: [],
      claimsLeft: [],
    },
    pools: [],
  };
}

const titles = (given: Given) => tabActions(answer(given)).map(({ title }) => title);
const standsOut = (given: Given) =>
  tabActions(answer(given))
    .filter(({ look }) => look === 'primary')
    .map(({ title }) => title);

describe('the actions of the Pool tab', () => {
  it('should be, for an owner, what is done every day first and giving back last', () => {
    expect(titles({ status: 'OWNED', owns: true })).toEqual(['followUpTitle', 'moreTimeTitle', 'releaseSubmit']);
    expect(standsOut({ status: 'OWNED', owns: true })).toEqual(['followUpTitle']);
  });

  it('should be none for somebody else’s customer', () => {
    expect(titles({ status: 'OWNED' })).toEqual([]);
  });

  it('should begin with reassigning for a manager, and end with archiving', () => {
    const all = titles({ status: 'OWNED', manages: true });

    expect([all[0], all.at(-1)]).toEqual(['reassignTitle', 'archiveTitle']);
  });

  it('should put a request for more time before everything else, as long as it waits', () => {
    expect(standsOut({ status: 'OWNED', manages: true, asks: true })).toEqual(['decideTitle']);
    expect(titles({ status: 'OWNED', manages: true })).not.toContain('decideTitle');
    expect(titles({ status: 'OWNED', owns: true, asks: true })).not.toContain('decideTitle');
  });

  it('should leave it to claiming to stand out where the viewer may claim', () => {
    expect(standsOut({ status: 'POOLED', manages: true, mayClaim: true })).toEqual([]);
    expect(standsOut({ status: 'POOLED', manages: true })).toEqual(['assignTitle']);
  });

  it.each([
    ['RELEASED', '2026-11-15T09:00:00Z', true],
    ['RELEASED', '2026-11-14T09:00:00Z', false],
    ['ROUTED', '2026-11-20T09:00:00Z', false],
  ] as const)('should offer to undo %s of %s: %s', (type, at, offered) => {
    expect(titles({ status: 'POOLED', manages: true, last: { type, at } }).includes('undoLast')).toBe(offered);
    expect(titles({ status: 'POOLED', last: { type, at } })).not.toContain('undoLast');
  });
});
