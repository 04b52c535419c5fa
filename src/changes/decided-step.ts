import type { EntityManager } from 'typeorm';
import { evolve } from '../domain/change/evolve';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { protectionOf, toldOf } from '../domain/change/told';
import { isAllowed } from '../domain/change/transitions';
import { type CustomerState, customerKey } from '../domain/customer/customer';
import type { GatheredFacts } from '../idle-clock/clock-facts.queries';
import type { ClockSubject, IdleClock } from '../idle-clock/idle-clock.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { CustomerFields } from '../twenty/records/twenty.types';
import { type CustomerChange, type Protection, stateOf } from './customer-change';

/** A change with all that follows from it. */
export interface DecidedStep {
  /** As locked, before the change. */
  customer: CustomerEntity;
  event: OwnershipEvent | null;
  after: CustomerState;
  /** Only where the event sets it: elsewhere what Twenty shows is taken over as it is. */
  protection: Protection | null;
  /** What Twenty has to be told; null: nothing. */
  told: CustomerFields | null;
  /** Of what nobody owns, its deals alone; null: as they were. */
  facts: GatheredFacts | null;
}

/** An event that does not fit the state of the customer: a fault of whoever decided it. */
export class TransitionError extends Error {
  readonly code = 'TRANSITION_NOT_ALLOWED';
  readonly retryable = false;
}

/**
 * docs/semantics.md#reclaim-date: deadlines are always derived from the facts. Only what is owned has a clock.
 * @param gone members who were removed: Twenty takes no new relations to them
 * @throws TransitionError
 */
export async function stepsOf(
  manager: EntityManager,
  clock: IdleClock,
  changes: CustomerChange[],
  { gone, now }: { gone: ReadonlySet<string>; now: string },
): Promise<DecidedStep[]> {
  const steps = changes.map((change) => step(change, gone));
  const readings = await clock.read(
    manager,
    steps.flatMap(({ customer, after, protection }) => subjectOf(customer, after, protection ?? customer) ?? []),
    now,
  );
  const deals = await clock.deals(
    manager,
    steps.flatMap(({ customer, event, after }) => (event === null && after.status === 'POOLED' ? [customer] : [])),
    now,
  );
  return alongWhereEqual(
    steps.map((decided) => {
      const reading = subjectOf(decided.customer, decided.after) ? readings.get(decided.customer.recordId) : undefined;
      const after: CustomerState = {
        ...decided.after,
        lastActivityAt: reading?.facts.lastActivityAt ?? null,
        lastActivityOn: reading?.lastActivityOn ?? null,
        reclaimOn: reading?.explanation.reclaimOn ?? null,
        reclaimRule: reading?.explanation.rule ?? null,
      };
      return { ...decided, after, facts: reading?.facts ?? deals.get(decided.customer.recordId) ?? null };
    }),
  );
}

/** The customer as its clock would look at it; null where it has none. */
export function subjectOf(
  customer: CustomerEntity,
  state: CustomerState,
  protection: Protection = customer,
): ClockSubject | null {
  if (state.status !== 'OWNED' || !state.poolId || !state.ownerId || !state.ownedSince) return null;
  return {
    object: customer.object,
    recordId: customer.recordId,
    poolId: state.poolId,
    ownerId: state.ownerId,
    ownedSince: state.ownedSince,
    isLocked: protection.isLocked,
    protectedUntil: protection.protectedUntil,
    overrideId: customer.overrideId,
    afterDates: customer.afterDates,
  };
}

function step(change: CustomerChange, gone: ReadonlySet<string>): DecidedStep {
  const { customer } = change;
  const before = stateOf(customer);
  const event = 'event' in change ? change.event : null;
  const next = 'event' in change ? evolve(before, change.event) : change.takenOver;
  if (event && !isAllowed(event.type, before, next))
    throw new TransitionError(
      `${event.type} takes ${customerKey(customer)} from ${before.status} to ${next.status}, which it may not`,
    );
  // The history keeps who it was.
  const after = gone.has(next.formerOwnerId ?? '') ? { ...next, formerOwnerId: null } : next;
  const told = event && toldOf(before, after, event);
  return {
    customer,
    event,
    after,
    protection: event?.type === 'PROTECTED' ? protectionOf(event) : null,
    told: told && Object.keys(told).length > 0 ? told : null,
    facts: null,
  };
}

const shownOnly = ['formerOwnerId', 'lastActivityOn', 'reclaimOn', 'reclaimRule'] as const;

/**
 * What Twenty merely shows goes along with what it has to be told where it is the same for all that is told the same; where it
 * differs it follows later, so that one call stays one call however many owners there are.
 */
function alongWhereEqual(steps: DecidedStep[]): DecidedStep[] {
  const groups = new Map<string, DecidedStep[]>();
  for (const decided of steps) {
    const key = decided.told === null ? '' : JSON.stringify([decided.customer.object, decided.told]);
    groups.set(key, [...(groups.get(key) ?? []), decided]);
  }
  return steps.map((decided) => {
    if (decided.told === null) return decided;
    const group = groups.get(JSON.stringify([decided.customer.object, decided.told])) ?? [];
    const equal = shownOnly.filter((name) => group.every(({ after }) => after[name] === decided.after[name]));
    const news = equal.filter((name) => group.some(({ after, customer }) => customer.shown?.[name] !== after[name]));
    return {
      ...decided,
      told: { ...decided.told, ...Object.fromEntries(news.map((name) => [name, decided.after[name]])) },
    };
  });
}
