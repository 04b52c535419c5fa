import { randomUUID } from 'node:crypto';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { HeldEvent, HeldFacts } from '../domain/custody/hold-history';
import { eventOfSameOwner } from '../changes';
import type { CommandInput } from '../changes/command-runner.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';

export interface HeldChange {
  event: OwnershipEvent;
  held: HeldEvent;
}

/**
 * A hold is the engine's own: Twenty shows the dates that follow from it and has nothing to confirm, so it stands when it is
 * decided.
 */
export function heldChange(
  customer: CustomerEntity,
  facts: HeldFacts,
  said: { actorId: string; reason?: string | null; note?: string | null; before?: Record<string, unknown> },
  { batchId, now }: CommandInput,
): HeldChange {
  const { object, recordId, ownerId } = customer;
  const id = randomUUID();
  const { actorId, reason = null, note = null, before } = said;
  return {
    held: { id, object, recordId, ownerId, reason, at: now, facts },
    event: eventOfSameOwner(customer, {
      id,
      type: 'HELD',
      actorId,
      reason,
      note,
      facts: { ...facts, ...(before ? { before } : {}) },
      batchId,
      at: now,
    }),
  };
}
