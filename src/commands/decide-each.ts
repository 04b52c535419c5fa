import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { Refusal } from '../domain/refusal/refusal';
import { refuse } from '../domain/refusal/refusal';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { type DecisionInput, lookUp } from '../changes/change.service';

/** Refused, or granted: then the event, null for nothing. */
export type OneDecision = Refusal | ((customer: CustomerEntity) => OwnershipEvent | null);

export interface Granted {
  customer: CustomerEntity;
  event: OwnershipEvent;
}

/**
 * Decides a batch record by record, in the order given.
 * @param decide of null: the record does not exist
 * @param again what is said of a record that was granted earlier in the same batch; the same when absent
 */
export function decideEach(
  refs: CustomerRef[],
  { customers, inFlight }: DecisionInput,
  decide: (customer: CustomerEntity | null) => OneDecision,
  again?: () => Refusal,
): { refusals: (Refusal | null)[]; changes: Granted[] } {
  const answers = new Map<string, Refusal | null>();
  const changes: Granted[] = [];

  const answer = (ref: CustomerRef): Refusal | null => {
    const customer = lookUp(customers, ref);
    const decision = decide(customer);
    if (typeof decision !== 'function') return decision;
    // Twenty has not confirmed an earlier decision about it yet.
    if (!customer || inFlight.has(ref.recordId)) return refuse('STALE');
    const event = decision(customer);
    if (event) changes.push({ customer, event });
    return null;
  };

  const refusals = refs.map((ref) => {
    const known = answers.get(customerKey(ref));
    if (known !== undefined) return known ?? again?.() ?? null;
    const refusal = answer(ref);
    answers.set(customerKey(ref), refusal);
    return refusal;
  });
  return { refusals, changes };
}
