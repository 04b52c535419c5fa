import type { OwnershipEvent } from '../change/ownership-event';
import type { CustomerState, RuleKind } from '../customer/customer';
import { isDue } from '../idle-clock/explain-clock';
import type { ClockExplanation } from '../idle-clock/clock.types';

/** An owned customer as a sweep has it under lock. */
export interface ReclaimCandidate extends Pick<CustomerState, 'status' | 'poolId' | 'ownerId'> {
  isDeleted: boolean;
  /** Twenty has not confirmed the last decision about it yet. */
  isInFlight: boolean;
  /** Its facts or its policy have changed since the date was computed. */
  isMarked: boolean;
}

/** What the clock says of it now, on fresh facts; null: it has none. */
export interface ReclaimReading {
  explanation: ClockExplanation;
  lastActivityAt: string | null;
  lastActivityKind: string | null;
}

export interface Sweep {
  batchId: string;
  /** ISO instant. */
  now: string;
  zone: string;
}

/**
 * docs/semantics.md#fresh-knowledge: at write time it is checked again that the customer is still owned and that its reclaim date has come.
 * @returns null when it is not to be taken
 */
export function decideReclaim(
  candidate: ReclaimCandidate,
  reading: ReclaimReading | null,
  { batchId, now, zone }: Sweep,
): OwnershipEvent | null {
  if (!isTakeable(candidate) || candidate.isMarked || !reading) return null;
  const { explanation, lastActivityAt, lastActivityKind } = reading;
  if (!isDue(explanation.reclaimOn, now, zone)) return null;
  const binding = explanation.rules.find((rule) => rule.binding);
  return {
    ...taken(candidate, { batchId, now }),
    rule: explanation.rule,
    facts: {
      reclaimOn: explanation.reclaimOn,
      lastActivityAt,
      lastActivityKind,
      ...(binding ? { base: binding.base, days: binding.days, heldDays: binding.heldDays } : {}),
    },
  };
}

/** A person who has the same owner goes back along with the company, into their own home pool. */
export function followCompany(
  person: ReclaimCandidate,
  company: { recordId: string; ownerId: string | null },
  sweep: Pick<Sweep, 'batchId' | 'now'>,
): OwnershipEvent | null {
  if (!isTakeable(person) || person.ownerId !== company.ownerId) return null;
  return { ...taken(person, sweep), rule: null, facts: { followedCompany: company.recordId } };
}

function isTakeable({ status, isDeleted, isInFlight, poolId }: ReclaimCandidate): boolean {
  return status === 'OWNED' && poolId !== null && !isDeleted && !isInFlight;
}

function taken(
  { poolId }: ReclaimCandidate,
  { batchId, now }: Pick<Sweep, 'batchId' | 'now'>,
): OwnershipEvent & { rule?: RuleKind | null } {
  return { type: 'RECLAIMED', toId: null, actorId: null, poolId, batchId, at: now };
}
