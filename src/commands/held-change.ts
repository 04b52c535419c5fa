import { randomUUID } from 'node:crypto';
import type { HeldEvent, HeldFacts } from '../domain/custody/hold-history';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { DecisionInput } from '../changes/command-runner.service';
import { type CustomerChange, eventOfSameOwner, stateOf } from '../changes';

export interface HeldChange {
  change: CustomerChange;
  event: HeldEvent;
}

/**
 * A hold is the engine's own: Twenty is told of the dates that follow from it and has nothing to confirm, so it stands when it
 * is decided.
 */
export function heldChange(
  customer: CustomerEntity,
  facts: HeldFacts,
  said: { actorId: string; reason?: string | null; note?: string | null; before?: Record<string, unknown> },
  { batchId, now }: DecisionInput,
): HeldChange {
  const { object, recordId, ownerId } = customer;
  const id = randomUUID();
  const { actorId, reason = null, note = null, before } = said;
  return {
    event: { id, object, recordId, ownerId, reason, at: now, facts },
    change: {
      customer,
      after: stateOf(customer),
      event: eventOfSameOwner(customer, {
        id,
        type: 'HELD',
        state: 'CONFIRMED',
        actorId,
        reason,
        note,
        facts: { ...facts, ...(before ? { before } : {}) },
        batchId,
        at: now,
      }),
      write: null,
    },
  };
}
