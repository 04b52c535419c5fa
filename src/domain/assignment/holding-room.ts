import { fullCapacity } from '../claim/holding-capacity';
import type { MemberBook } from '../claim/member-book';
import { capacityInPool, type Actor, type Pool } from '../pool/pool-policy';
import { refuse, type Refusal } from '../refusal/refusal';

/** A member who is to have customers. */
export interface Receiver {
  member: Actor;
  name: string | null;
  book: MemberBook;
}

/** A customer as far as limits are concerned. */
export interface Countable {
  poolId: string;
  isWon: boolean;
}

/** How much room several members have for customers, kept up while many are given out. */
export class HoldingRoom {
  private readonly receivers: ReadonlyMap<string, Receiver>;

  /** @param memberCapacity workspace-wide; null = none */
  constructor(
    receivers: readonly Receiver[],
    private readonly pools: ReadonlyMap<string, Pool>,
    private readonly memberCapacity: number | null,
  ) {
    this.receivers = new Map(receivers.map((receiver) => [receiver.member.memberId, receiver]));
  }

  /** How many more customers of this pool fit; Infinity when nothing limits them. */
  left(memberId: string, poolId: string): number {
    const [receiver, pool] = [this.receivers.get(memberId), this.pools.get(poolId)];
    if (!receiver || !pool) return 0;
    const limit = capacityInPool(pool, receiver.member.memberships.get(poolId));
    const inPool = limit === null ? Infinity : limit - receiver.book.inPool(poolId).holding;
    const inWorkspace = this.memberCapacity === null ? Infinity : this.memberCapacity - receiver.book.holding();
    return Math.max(0, Math.min(inPool, inWorkspace));
  }

  /** @returns CAPACITY, with the limit that binds, or null when it fits */
  refuse(memberId: string, { poolId, isWon }: Countable): Refusal | null {
    const [receiver, pool] = [this.receivers.get(memberId), this.pools.get(poolId)];
    if (!receiver || !pool) return refuse('TARGET_NOT_ELIGIBLE');
    const full = fullCapacity(pool, receiver.member.memberships.get(poolId), receiver.book, this.memberCapacity, isWon);
    return full && refuse('CAPACITY', { ...full, ...(receiver.name ? { memberName: receiver.name } : {}) });
  }

  /** Would all of these fit together? */
  fitsAll(memberId: string, customers: readonly Countable[]): boolean {
    const counted = customers.filter((customer) => this.counts(customer));
    const perPool = new Map<string, number>();
    for (const { poolId } of counted) perPool.set(poolId, (perPool.get(poolId) ?? 0) + 1);
    const total = this.receivers.get(memberId)?.book.holding() ?? 0;
    if (this.memberCapacity !== null && total + counted.length > this.memberCapacity) return false;
    return [...perPool].every(([poolId, count]) => this.left(memberId, poolId) >= count);
  }

  take(memberId: string, customer: Countable): void {
    this.receivers.get(memberId)?.book.assigned(customer.poolId, this.counts(customer));
  }

  private counts({ poolId, isWon }: Countable): boolean {
    return !isWon || this.pools.get(poolId)?.policy.wonCountsTowardsCapacity === true;
  }
}
