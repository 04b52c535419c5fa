import { type Actor, type Pool, seesPool } from './pool-policy';

/** What decides who sees a customer. */
export interface Sighted {
  /** The home pool; null: none manages it. */
  pool: Pool | null;
  ownerId: string | null;
  /** Was the actor its owner before? A direct edit that was taken back gave nothing. */
  wasActors: boolean;
}

/** Does the actor own the customer, or have they owned it? Then they see it wherever it is. */
export function isOrWasActors(actor: Actor, { ownerId, wasActors }: Omit<Sighted, 'pool'>): boolean {
  return wasActors || ownerId === actor.memberId;
}

/**
 * docs/semantics.md#visibility: to whoever sees neither the pool nor has had the customer, the record is one that no pool manages.
 * `seenCustomer` in pools/visibility.queries says the same in SQL.
 */
export function seesCustomer(actor: Actor, customer: Sighted): boolean {
  return customer.pool !== null && (isOrWasActors(actor, customer) || seesPool(actor, customer.pool));
}

export interface SightedEvent {
  /** The customer's pool as the event left it; null: there is no such pool any more. */
  pool: Pool | null;
  toId: string | null;
  actorId: string | null;
}

/**
 * A line of the history is seen with its customer, as that is now, and by whoever did it or got the customer by it. What no pool manages (any
 * more) is judged by the pool of the line. `seenEvent` in pools/visibility.queries says the same in SQL.
 * @param customer null: the index has none
 */
export function seesEvent(actor: Actor, event: SightedEvent, customer: Sighted | null): boolean {
  if (actor.isWorkspaceAdmin || event.toId === actor.memberId || event.actorId === actor.memberId) return true;
  if (customer && isOrWasActors(actor, customer)) return true;
  const pool = customer?.pool ?? event.pool;
  return pool !== null && seesPool(actor, pool);
}
