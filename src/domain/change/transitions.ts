import type { CustomerState, OwnershipEventType, PoolStatus } from '../customer/customer';

type Status = PoolStatus | null;
const any: readonly Status[] = [null, 'OWNED', 'POOLED', 'ARCHIVED'];
const managed: readonly Status[] = ['OWNED', 'POOLED', 'ARCHIVED'];

/** Which state an event may be written from, and which one it leads to. `SAME`: it leaves the state as it is. */
const transitions: Record<OwnershipEventType, { from: readonly Status[]; to: readonly Status[] | 'SAME' }> = {
  ROUTED: { from: any, to: managed },
  CLAIMED: { from: ['POOLED'], to: ['OWNED'] },
  RELEASED: { from: ['OWNED'], to: ['POOLED'] },
  RECLAIMED: { from: ['OWNED'], to: ['POOLED'] },
  ASSIGNED: { from: ['POOLED'], to: ['OWNED'] },
  REASSIGNED: { from: ['OWNED'], to: ['OWNED'] },
  OFFBOARDED: { from: ['OWNED'], to: ['OWNED', 'POOLED'] },
  OBSERVED: { from: any, to: ['OWNED', 'POOLED'] },
  REVERTED: { from: managed, to: 'SAME' },
  PROTECTED: { from: managed, to: 'SAME' },
  HELD: { from: managed, to: 'SAME' },
  ARCHIVED: { from: ['OWNED', 'POOLED'], to: ['ARCHIVED'] },
  RESTORED: { from: ['ARCHIVED'], to: ['POOLED'] },
  UNDONE: { from: managed, to: managed },
};

/** Whether an event of this type may take a customer from the one state to the other. */
export function isAllowed(
  type: OwnershipEventType,
  before: Pick<CustomerState, 'status'>,
  after: Pick<CustomerState, 'status'>,
): boolean {
  const { from, to } = transitions[type];
  return from.includes(before.status) && (to === 'SAME' ? before.status === after.status : to.includes(after.status));
}
