import type { EntityManager } from 'typeorm';
import type { GatheredFacts } from '../idle-clock/clock-facts.queries';
import type { ClockSubject, IdleClock } from '../idle-clock/idle-clock.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { CustomerState } from '../domain/customer/customer';
import type { CustomerChange, Protection } from './customer-change';

/** A change with the reclaim date that follows from it; `facts` are null for a customer without a clock. */
export interface ClockedChange extends CustomerChange {
  facts: GatheredFacts | null;
}

/** Semantics section 3: deadlines are always derived from the facts. Only what is owned has a clock. */
export async function withClock(
  manager: EntityManager,
  clock: IdleClock,
  changes: CustomerChange[],
  now: string,
): Promise<ClockedChange[]> {
  const readings = await clock.read(
    manager,
    changes.flatMap((change) => subjectOf(change.customer, change.after, change.protection) ?? []),
    now,
  );
  return changes.map((change) => {
    const reading = subjectOf(change.customer, change.after) ? readings.get(change.customer.recordId) : undefined;
    const after: CustomerState = {
      ...change.after,
      lastActivityAt: reading?.facts.lastActivityAt ?? null,
      lastActivityOn: reading?.lastActivityOn ?? null,
      reclaimOn: reading?.explanation.reclaimOn ?? null,
      reclaimRule: reading?.explanation.rule ?? null,
    };
    return { ...change, after, facts: reading?.facts ?? null, write: writeWithClock(change, after) };
  });
}

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

/** A change that Twenty is told of says the dates too; one that it is not told of is, when the dates are other than before. */
function writeWithClock({ customer, write }: CustomerChange, after: CustomerState): CustomerChange['write'] {
  const { lastActivityOn, reclaimOn, reclaimRule } = after;
  const data = { lastActivityOn, reclaimOn, reclaimRule };
  if (write) return { ...write, data: { ...write.data, ...data } };
  if (after.status === null) return null;
  const moved =
    customer.lastActivityOn !== lastActivityOn ||
    customer.reclaimOn !== reclaimOn ||
    customer.reclaimRule !== reclaimRule;
  return moved ? { kind: 'DERIVED', expectedOwners: [after.ownerId], data } : null;
}
