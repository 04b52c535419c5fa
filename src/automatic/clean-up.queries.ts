import type { EntityManager } from 'typeorm';
import type { CleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { CLEAN_UP_REASONS } from '../domain/clean-up/clean-up.types';
import type { CustomerRef } from '../domain/customer/customer';
import { needsCleanUp } from '../reading';

export interface CleanUpRequest {
  bounds: CleanUpBounds;
  /** Instant at which the local day began: what was archived since counts against the cap. */
  dayStart: string;
  /** null = no cap. */
  capPerRun: number | null;
  limit: number;
}

/** Customers of a pool to be archived, longest pooled first. The caller holds the pool's row, so the count stands still. */
export async function customersToArchive(
  manager: EntityManager,
  { bounds, dayStart, capPerRun, limit }: CleanUpRequest,
): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT c.object, c.record_id AS "recordId" FROM customer c
      WHERE c.pool_id = $1 AND c.write_id IS NULL AND ${needsCleanUp('$2')}
      ORDER BY c.pooled_since, c.record_id
      LIMIT least($5::int, greatest(0, coalesce($4::int - (
        SELECT count(*)::int FROM ownership_event e
         WHERE e.pool_id = $1 AND e.type = 'ARCHIVED' AND e.is_system AND e.state <> 'VOID' AND e.at >= $3 AND e.reason = ANY($6)), $5)))`,
    [bounds.poolId, JSON.stringify([bounds]), dayStart, capPerRun, limit, CLEAN_UP_REASONS],
  )) as CustomerRef[];
}
