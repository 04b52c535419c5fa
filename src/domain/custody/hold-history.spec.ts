import {
  applyHeld,
  concerns,
  type CustomerHold,
  extensionsUsed,
  type HeldEvent,
  type HeldFacts,
  waitingRequest,
} from './hold-history';

let next = 0;
function held(facts: HeldFacts, changes: Partial<HeldEvent> = {}): HeldEvent {
  next += 1;
  return {
    id: `event-${next}`,
    object: 'COMPANY',
    recordId: 'acme',
    ownerId: 'anna',
    reason: 'A reason',
    at: `2026-03-0${1 + (next % 9)}T00:00:00.000Z`,
    facts,
    ...changes,
  };
}

/** Plays events one after the other, as the engine does and as a rebuild does. */
function play(...events: HeldEvent[]): CustomerHold[] {
  const holds = new Map<string, CustomerHold>();
  for (const event of events) for (const hold of applyHeld([...holds.values()], event)) holds.set(hold.id, hold);
  return [...holds.values()];
}

const asked: HeldFacts = {
  kind: 'REQUEST',
  from: '2026-03-05',
  until: '2026-03-08',
  days: 20,
  decideBy: '2026-03-09T00:00:00.000Z',
};
const ownership = { ownerId: 'anna', ownedSince: '2026-03-01T00:00:00.000Z' };

describe('holds as the history tells them', () => {
  it('should begin with the event that says so', () => {
    const event = held({ kind: 'MANAGER', from: '2026-03-05', until: '2026-03-08' });
    expect(play(event)).toEqual([
      {
        id: event.id,
        object: 'COMPANY',
        recordId: 'acme',
        kind: 'MANAGER',
        fromDate: '2026-03-05',
        untilDate: '2026-03-08',
        days: null,
        memberId: null,
        reason: 'A reason',
        requestedAt: event.at,
        state: 'ACTIVE',
        eventId: event.id,
      },
    ]);
    expect(play(held({ kind: 'EXTENSION', from: '2026-03-05', until: '2026-03-09', days: 5 }))).toMatchObject([
      { kind: 'EXTENSION', memberId: 'anna', days: 5, state: 'ACTIVE' },
    ]);
    expect(play(held(asked))).toMatchObject([{ kind: 'REQUEST', memberId: 'anna', days: 20, state: 'WAITING' }]);
  });

  it('should end a request when it is declined, and become what was granted when it is approved', () => {
    const request = held(asked);
    expect(play(request, held({ kind: 'DECISION', approved: false, request: request.id, days: 20 }))).toMatchObject([
      { state: 'DECLINED', fromDate: '2026-03-05' },
    ]);
    const approved = held({
      kind: 'DECISION',
      approved: true,
      request: request.id,
      from: '2026-03-07',
      until: '2026-03-26',
      days: 20,
    });
    expect(play(request, approved)).toMatchObject([
      {
        id: request.id,
        kind: 'REQUEST',
        state: 'ACTIVE',
        fromDate: '2026-03-07',
        untilDate: '2026-03-26',
        requestedAt: request.at,
      },
    ]);
  });

  it('should let what is asked later take the place of what waits, of the same owner', () => {
    const [first, second] = [held(asked), held({ ...asked, days: 30 })];
    expect(play(first, second).map(({ state, days }) => [state, days])).toEqual([
      ['VOID', 20],
      ['WAITING', 30],
    ]);
    expect(
      play(first, held({ kind: 'EXTENSION', from: '2026-03-05', until: '2026-03-09', days: 5 })).map(
        ({ state }) => state,
      ),
    ).toEqual(['VOID', 'ACTIVE']);
    expect(play(first, held(asked, { ownerId: 'ben' })).map(({ state }) => state)).toEqual(['WAITING', 'WAITING']);
  });

  it('should hold what a manager gives unasked', () => {
    const given = held({
      kind: 'DECISION',
      approved: true,
      request: null,
      from: '2026-03-05',
      until: '2026-03-09',
      days: 5,
    });
    expect(play(held(asked), given).map(({ kind, state }) => [kind, state])).toEqual([
      ['REQUEST', 'VOID'],
      ['REQUEST', 'ACTIVE'],
    ]);
  });

  it('should know no hold of a quiet period', () => {
    expect(play(held({ kind: 'QUIET', quietUntil: '2026-04-01' }))).toEqual([]);
  });

  it.each<[string, Partial<CustomerHold>, boolean]>([
    ['the present owner’s', {}, true],
    ['a former owner’s', { memberId: 'ben' }, false],
    ['of the present owner when they had it before', { requestedAt: '2026-02-28T23:59:59.999Z' }, false],
    ['of the moment it was got', { requestedAt: ownership.ownedSince }, true],
    ['a manager’s, of long ago', { kind: 'MANAGER', memberId: null, requestedAt: '2025-01-01T00:00:00.000Z' }, true],
  ])('should tell whether a hold is for this ownership: %s', (_, changes, is) => {
    const [hold] = play(held(asked));
    expect(
      concerns({ ...(hold as CustomerHold), requestedAt: '2026-03-04T00:00:00.000Z', ...changes }, ownership),
    ).toBe(is);
  });

  it('should count extensions without approval, of this ownership alone', () => {
    const extension: HeldFacts = { kind: 'EXTENSION', from: '2026-03-05', until: '2026-03-09', days: 5 };
    const request = held(asked);
    const holds = play(
      held(extension),
      held(extension, { ownerId: 'ben' }),
      held(extension, { at: '2026-02-01T00:00:00.000Z' }),
      request,
      held({
        kind: 'DECISION',
        approved: true,
        request: request.id,
        from: '2026-03-07',
        until: '2026-03-26',
        days: 20,
      }),
    );
    expect(extensionsUsed(holds, ownership)).toBe(1);
    expect(waitingRequest(holds, ownership)).toBeNull();
    expect(waitingRequest(play(request), ownership)?.id).toBe(request.id);
  });
});
