import type { CustomerObject } from '../customer/customer';

/**
 * What a `HELD` event says, beside `before`. Local dates, both included.
 * - `MANAGER` a manager's hold
 * - `EXTENSION` asked for and granted within the allowance
 * - `REQUEST` asked for beyond it: the clock stands still until a manager decides, for this period at most, which ends at
 *   the instant `decideBy`
 * - `DECISION` of a request (its event id; null: a manager gave time unasked), with the period given when approved
 * - `QUIET` kept away from everyone until that day
 */
export type HeldFacts =
  | { kind: 'MANAGER'; from: string; until: string }
  | { kind: 'EXTENSION'; from: string; until: string; days: number }
  | { kind: 'REQUEST'; from: string; until: string; days: number; decideBy: string }
  | { kind: 'DECISION'; approved: boolean; request: string | null; from?: string; until?: string; days: number }
  | { kind: 'QUIET'; quietUntil: string };

export interface HeldEvent {
  id: string;
  object: CustomerObject;
  recordId: string;
  /** Who owned the customer then. */
  ownerId: string | null;
  reason: string | null;
  /** ISO instant. */
  at: string;
  facts: HeldFacts;
}

/** One hold of one customer; its id is that of the event that began it. */
export interface CustomerHold {
  id: string;
  object: CustomerObject;
  recordId: string;
  kind: 'MANAGER' | 'EXTENSION' | 'REQUEST';
  fromDate: string;
  untilDate: string;
  days: number | null;
  memberId: string | null;
  reason: string;
  requestedAt: string;
  state: 'ACTIVE' | 'WAITING' | 'DECLINED' | 'VOID';
  eventId: string | null;
}

/**
 * What an event changes about a customer's holds. The engine writes holds by this only, so the history alone gives them again.
 * @param known holds of the same customer
 * @returns the holds that are new or changed
 */
export function applyHeld(known: readonly CustomerHold[], event: HeldEvent): CustomerHold[] {
  const { facts } = event;
  switch (facts.kind) {
    case 'QUIET':
      return [];
    case 'MANAGER':
      return [begin(event, facts)];
    case 'EXTENSION':
    case 'REQUEST':
      // Asking again takes the place of what was asked before.
      return [...withdrawn(known, event), begin(event, facts)];
    case 'DECISION':
      return decided(known, event, facts);
  }
}

function decided(
  known: readonly CustomerHold[],
  event: HeldEvent,
  facts: HeldFacts & { kind: 'DECISION' },
): CustomerHold[] {
  const request = known.find(({ id }) => id === facts.request);
  if (!facts.approved) return request ? [{ ...request, state: 'DECLINED' }] : [];
  const { from = '', until = '', days } = facts;
  if (request) return [{ ...request, fromDate: from, untilDate: until, days, state: 'ACTIVE' }];
  return [...withdrawn(known, event), { ...begin(event, { kind: 'REQUEST', from, until, days }), state: 'ACTIVE' }];
}

interface Begun {
  kind: CustomerHold['kind'];
  from: string;
  until: string;
  days?: number;
}

function begin(event: HeldEvent, facts: Begun): CustomerHold {
  const { id, object, recordId, ownerId, reason, at } = event;
  return {
    id,
    object,
    recordId,
    kind: facts.kind,
    fromDate: facts.from,
    untilDate: facts.until,
    days: facts.days ?? null,
    memberId: facts.kind === 'MANAGER' ? null : ownerId,
    reason: reason ?? '',
    requestedAt: at,
    state: facts.kind === 'REQUEST' ? 'WAITING' : 'ACTIVE',
    eventId: id,
  };
}

function withdrawn(known: readonly CustomerHold[], { ownerId }: HeldEvent): CustomerHold[] {
  return known
    .filter(({ state, memberId }) => state === 'WAITING' && memberId === ownerId)
    .map((hold) => ({ ...hold, state: 'VOID' }));
}

/** Whose clock: the customer as owned by that member since that time. */
export interface Ownership {
  ownerId: string;
  /** ISO instant. */
  ownedSince: string;
}

/**
 * Every change of owner starts the clock anew: what a former owner asked for ends with their ownership, and is there again
 * when that is restored. A manager's hold is the customer's.
 */
export function concerns(
  { kind, memberId, requestedAt }: Pick<CustomerHold, 'kind' | 'memberId' | 'requestedAt'>,
  { ownerId, ownedSince }: Ownership,
): boolean {
  return kind === 'MANAGER' || (memberId === ownerId && Date.parse(requestedAt) >= Date.parse(ownedSince));
}

/** The present owner's request that nobody has decided yet. */
export function waitingRequest(holds: readonly CustomerHold[], ownership: Ownership): CustomerHold | null {
  return holds.find((hold) => hold.kind === 'REQUEST' && hold.state === 'WAITING' && concerns(hold, ownership)) ?? null;
}

/** How often the present owner was given time without anybody being asked. */
export function extensionsUsed(holds: readonly CustomerHold[], ownership: Ownership): number {
  return holds.filter((hold) => hold.kind === 'EXTENSION' && hold.state === 'ACTIVE' && concerns(hold, ownership))
    .length;
}
