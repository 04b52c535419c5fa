import type { EntityManager } from 'typeorm';
import { type CustomerObject, type CustomerRef, customerKey } from '../domain/customer/customer';
import { type Actor, type Pool, seesPool } from '../domain/pool/pool-policy';

/** Who looks, as queries need it. */
export interface Sight {
  viewerId: string;
  viewerIsAdmin: boolean;
  poolsSeen: string[];
}

export function sightOf(actor: Actor, pools: Iterable<Pool>): Sight {
  return {
    viewerId: actor.memberId,
    viewerIsAdmin: actor.isWorkspaceAdmin,
    poolsSeen: [...pools].filter((pool) => seesPool(actor, pool)).map(({ id }) => id),
  };
}

/** The placeholders of a `Sight` in a query: `$1`, or `:viewerId`. */
export type SightPlaceholders = Record<keyof Sight, string>;

export const namedSight: SightPlaceholders = {
  viewerId: ':viewerId',
  viewerIsAdmin: ':viewerIsAdmin',
  poolsSeen: ':poolsSeen',
};

/** A direct edit that was taken back gave nothing, as for the cooldown. */
const gaveUp = (alias: string) => `${alias}.state <> 'VOID' AND ${alias}.type <> 'REVERTED'`;

const gaveUpBy = (viewer: string, alias: string) =>
  `EXISTS (SELECT 1 FROM ownership_event past WHERE past.from_id = ${viewer}::uuid AND past.object = ${alias}.object
     AND past.record_id = ${alias}.record_id AND ${gaveUp('past')})`;

/**
 * That the viewer owns customer `c`, or has owned it: `isOrWasActors` in domain/pool/visibility.
 * @param alias `e`: of a line of the history, whose customer may be unknown
 */
export function viewersOwn({ viewerId }: SightPlaceholders, alias: 'c' | 'e' = 'c'): string {
  return `(c.owner_id = ${viewerId}::uuid OR ${gaveUpBy(viewerId, alias)})`;
}

/** That the viewer sees customer `c`, which a pool manages: `seesCustomer` in domain/pool/visibility. */
export function seenCustomer(sight: SightPlaceholders): string {
  return `(c.pool_id IS NOT NULL
    AND (${sight.viewerIsAdmin}::boolean OR c.pool_id = ANY(${sight.poolsSeen}::uuid[]) OR ${viewersOwn(sight)}))`;
}

/**
 * That the viewer sees the line `e` of the history: `seesEvent` in domain/pool/visibility. Joined to it, where there is one: its customer `c`,
 * and `home`, the pool of `c` that exists.
 */
export function seenEvent(sight: SightPlaceholders): string {
  const { viewerId, viewerIsAdmin, poolsSeen } = sight;
  return `(${viewerIsAdmin}::boolean OR coalesce(home.id, e.pool_id) = ANY(${poolsSeen}::uuid[])
    OR e.to_id = ${viewerId}::uuid OR e.actor_id = ${viewerId}::uuid OR ${viewersOwn(sight, 'e')})`;
}

/** How `c` and `home` are joined. */
export const eventsCustomer = 'c.object = e.object AND c.record_id = e.record_id';
export const customersPool = 'home.id = c.pool_id AND home.removed_at IS NULL';

/** Which of the customers the member owned before, by `customerKey`. */
export async function ownedBefore(
  manager: EntityManager,
  memberId: string,
  refs: readonly CustomerRef[],
): Promise<Set<string>> {
  if (refs.length === 0) return new Set();
  const rows = (await manager.query(
    `SELECT DISTINCT e.object, e.record_id AS "recordId" FROM ownership_event e
      WHERE e.from_id = $1 AND e.record_id = ANY($2) AND ${gaveUp('e')}`,
    [memberId, refs.map(({ recordId }) => recordId)],
  )) as { object: CustomerObject; recordId: string }[];
  return new Set(rows.map(customerKey));
}
