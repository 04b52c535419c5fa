import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import { CustomerEntity } from '../storage/entities/customer.entity';

/** A pool's owned customers after one, in the order of their keys. */
export async function ownedAfter(
  manager: EntityManager,
  poolId: string,
  after: CustomerRef | null,
  limit: number,
): Promise<CustomerEntity[]> {
  const query = manager
    .createQueryBuilder(CustomerEntity, 'c')
    .where(`c.poolId = :poolId AND c.status = 'OWNED' AND NOT c.isDeleted`, { poolId })
    .orderBy('c.object', 'ASC')
    .addOrderBy('c.recordId', 'ASC')
    .take(limit);
  if (after) query.andWhere('(c.object, c.record_id) > (:object, :recordId::uuid)', { ...after });
  return query.getMany();
}

export async function ownedRefs(manager: EntityManager, poolId: string): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT object, record_id AS "recordId" FROM customer WHERE pool_id = $1 AND status = 'OWNED' AND NOT is_deleted`,
    [poolId],
  )) as CustomerRef[];
}

/** How many customers of the pool were taken by their own deadlines since then, by former owner. */
export async function takenSince(manager: EntityManager, poolId: string, since: string): Promise<Map<string, number>> {
  const rows = (await manager.query(
    `SELECT from_id AS "ownerId", count(*)::int AS count FROM ownership_event
      WHERE type = 'RECLAIMED' AND state <> 'VOID' AND pool_id = $1 AND at >= $2 AND NOT coalesce(facts, '{}') ? 'followedCompany' AND from_id IS NOT NULL
      GROUP BY from_id`,
    [poolId, since],
  )) as { ownerId: string; count: number }[];
  return new Map(rows.map(({ ownerId, count }) => [ownerId, count]));
}

/** When customers were last brought back by an undo since then, by record id. */
export async function undoneSince(manager: EntityManager, since: string): Promise<Map<string, string>> {
  const rows = (await manager.query(
    `SELECT record_id AS "recordId", max(at) AS at FROM ownership_event WHERE type = 'UNDONE' AND state <> 'VOID' AND at >= $1 GROUP BY record_id`,
    [since],
  )) as { recordId: string; at: Date }[];
  return new Map(rows.map(({ recordId, at }) => [recordId, at.toISOString()]));
}
