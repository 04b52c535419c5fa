import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import { isMarked } from '../idle-clock';

export interface DueRequest {
  poolId: string;
  /** Local date. */
  today: string;
  /** Instant at which the local day began: what was taken since counts against the caps. */
  dayStart: string;
  /** null = no cap. */
  capPerRun: number | null;
  capPerOwner: number | null;
  /** What was undone since this instant is left alone. */
  spareSince: string;
  limit: number;
}

/** Due customers within the caps, oldest deadline first. The caller holds the pool's row, so the counts stand still. */
export async function dueCustomers(manager: EntityManager, request: DueRequest): Promise<CustomerRef[]> {
  return (await manager.query(
    `WITH taken AS (
       SELECT from_id, count(*) AS count FROM ownership_event
        WHERE type = 'RECLAIMED' AND state <> 'VOID' AND pool_id = $1 AND at >= $3 AND NOT coalesce(facts, '{}') ? 'followedCompany'
        GROUP BY from_id
     ), due AS (
       SELECT c.object, c.record_id, c.reclaim_on, c.owned_since, coalesce(t.count, 0) AS taken,
              row_number() OVER (PARTITION BY c.owner_id ORDER BY c.reclaim_on, c.owned_since, c.record_id) AS place
         FROM customer c LEFT JOIN taken t ON t.from_id = c.owner_id
        WHERE c.pool_id = $1 AND c.status = 'OWNED' AND c.reclaim_on <= $2 AND NOT c.is_deleted
          AND c.write_id IS NULL AND NOT ${isMarked('c')}
          AND NOT EXISTS (SELECT 1 FROM ownership_event u
                           WHERE u.object = c.object AND u.record_id = c.record_id AND u.type = 'UNDONE' AND u.state <> 'VOID' AND u.at >= $6)
     )
     SELECT object, record_id AS "recordId" FROM due
      WHERE $5::int IS NULL OR taken + place <= $5
      ORDER BY reclaim_on, owned_since, record_id
      LIMIT least($7::int, greatest(0, coalesce($4::int - (SELECT coalesce(sum(count), 0)::int FROM taken), $7)))`,
    [
      request.poolId,
      request.today,
      request.dayStart,
      request.capPerRun,
      request.capPerOwner,
      request.spareSince,
      request.limit,
    ],
  )) as CustomerRef[];
}

export interface Follower extends CustomerRef {
  companyId: string;
  /** Who had the company, and has them still. */
  ownerId: string;
}

/** People who have the owner whom the companies had that a sweep has taken from this pool, and were not taken along yet. */
export async function peopleWhoFollow(
  manager: EntityManager,
  { batchId, poolId, limit }: { batchId: string; poolId: string; limit: number },
): Promise<Follower[]> {
  return (await manager.query(
    `SELECT p.object, p.record_id AS "recordId", p.company_id AS "companyId", p.owner_id AS "ownerId"
       FROM ownership_event e
       JOIN customer c ON c.object = e.object AND c.record_id = e.record_id AND c.status = 'POOLED' AND c.pooled_since = e.at
       JOIN customer p ON p.object = 'PERSON' AND p.company_id = c.record_id AND p.status = 'OWNED' AND p.owner_id = e.from_id
        AND p.owned_since < e.at AND NOT p.is_deleted AND p.write_id IS NULL
       JOIN pool home ON home.id = p.pool_id AND home.removed_at IS NULL
      WHERE e.batch_id = $1 AND e.pool_id = $2 AND e.type = 'RECLAIMED' AND e.object = 'COMPANY' AND e.state <> 'VOID'
      ORDER BY p.record_id LIMIT $3`,
    [batchId, poolId, limit],
  )) as Follower[];
}
