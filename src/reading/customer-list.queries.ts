import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { CustomerObject, PoolStatus } from '../domain/customer/customer';
import { namedSight, seenCustomer, type Sight } from '../pools';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { type Attention, attentionCondition, type AttentionPool } from './attention.queries';

export interface CustomerFilter {
  poolId: string | null;
  ownerId: string | null;
  status: PoolStatus | null;
  /** Local date: due on or before it. */
  dueUntil: string | null;
  /** What the viewer does not see is left out. */
  sight: Sight;
  objects: readonly CustomerObject[];
  /** Part of the name, in any case. */
  search: string | null;
  /** What waits for the managers of these pools. */
  attention: { kind: Attention; pools: AttentionPool[] } | null;
}

/** Where a page ends: soonest due first, then by name. */
export interface ListPosition {
  reclaimOn: string | null;
  name: string | null;
  recordId: string;
}

export async function findPage(
  manager: EntityManager,
  filter: CustomerFilter,
  take: number,
  after: ListPosition | null,
): Promise<{ rows: CustomerEntity[]; totalCount: number }> {
  const totalCount = await filtered(manager, filter).getCount();
  const query = filtered(manager, filter)
    .orderBy('c.reclaimOn', 'ASC', 'NULLS LAST')
    .addOrderBy('c.name', 'ASC', 'NULLS LAST')
    .addOrderBy('c.recordId', 'ASC')
    .take(take);
  if (after) {
    // Nulls come last, which a row comparison knows only when they have a value.
    query.andWhere(
      `(coalesce(c.reclaim_on, 'infinity'::date), c.name IS NULL, coalesce(c.name, ''), c.record_id)
        > (coalesce(:afterReclaimOn::date, 'infinity'::date), :afterName::text IS NULL, coalesce(:afterName::text, ''), :afterId::uuid)`,
      { afterReclaimOn: after.reclaimOn, afterName: after.name, afterId: after.recordId },
    );
  }
  return { rows: await query.getMany(), totalCount };
}

function filtered(manager: EntityManager, filter: CustomerFilter): SelectQueryBuilder<CustomerEntity> {
  const query = manager
    .createQueryBuilder(CustomerEntity, 'c')
    .where('c.status IS NOT NULL AND NOT c.isDeleted')
    .andWhere('c.object = ANY(:objects)', { objects: filter.objects })
    .andWhere(seenCustomer(namedSight), filter.sight);
  if (filter.poolId) query.andWhere('c.poolId = :poolId', { poolId: filter.poolId });
  if (filter.ownerId) query.andWhere('c.ownerId = :ownerId', { ownerId: filter.ownerId });
  if (filter.status) query.andWhere('c.status = :status', { status: filter.status });
  if (filter.dueUntil) query.andWhere(`c.status = 'OWNED' AND c.reclaimOn <= :dueUntil`, { dueUntil: filter.dueUntil });
  if (filter.search)
    query.andWhere('c.name ILIKE :search', { search: `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` });
  if (filter.attention) {
    const { sql, parameters } = attentionCondition(filter.attention.kind, filter.attention.pools);
    query.andWhere(sql, parameters);
  }
  return query;
}
