import type { CustomerState } from '../customer/customer';
import type { OwnershipEvent } from './ownership-event';
import { toArchived, toOwned, toPooled } from './state-transitions';

/** The only place where an event changes a customer. What its clock says follows from the new state and the facts. */
export function evolve(before: CustomerState, event: OwnershipEvent): CustomerState {
  switch (event.type) {
    case 'CLAIMED':
    case 'ASSIGNED':
    case 'REASSIGNED':
    case 'RELEASED':
    case 'RECLAIMED':
    case 'RESTORED':
      return handedOver(before, event);
    case 'OFFBOARDED':
    case 'OBSERVED':
      return before.status === null ? restored(before, event) : handedOver(before, event);
    case 'ROUTED':
      return before.status === null ? restored(before, event) : { ...before, poolId: event.poolId };
    case 'ARCHIVED':
      return toArchived(before, event.poolId ?? '', event.at);
    case 'UNDONE':
      return restored(before, event);
    case 'REVERTED':
    case 'PROTECTED':
    case 'HELD':
      return before;
  }
}

function handedOver(before: CustomerState, { toId, poolId, at }: OwnershipEvent): CustomerState {
  const home = { ...before, poolId };
  return toId === null ? toPooled(home, poolId ?? '', at) : toOwned(home, toId, at);
}

function restored(before: CustomerState, { toId, poolId, at, restores = {} }: OwnershipEvent): CustomerState {
  const status = restores.status ?? (toId === null ? 'POOLED' : 'OWNED');
  return {
    ...before,
    status,
    poolId,
    ownerId: status === 'OWNED' ? toId : null,
    ownedSince: status === 'OWNED' ? (restores.ownedSince ?? at) : null,
    pooledSince: status === 'OWNED' ? null : (restores.pooledSince ?? at),
    formerOwnerId: restores.formerOwnerId ?? null,
  };
}
