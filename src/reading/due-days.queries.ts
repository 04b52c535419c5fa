import type { EntityManager } from 'typeorm';

/** How many of a member's customers fall due on each local date up to `until`, by date. */
export async function countDueDays(
  manager: EntityManager,
  ownerId: string,
  until: string,
): Promise<Map<string, number>> {
  const rows = (await manager.query(
    `SELECT reclaim_on::text AS "on", count(*)::int AS count FROM customer
      WHERE owner_id = $1 AND status = 'OWNED' AND NOT is_deleted AND reclaim_on <= $2::date GROUP BY reclaim_on`,
    [ownerId, until],
  )) as { on: string; count: number }[];
  return new Map(rows.map(({ on, count }) => [on, count]));
}
