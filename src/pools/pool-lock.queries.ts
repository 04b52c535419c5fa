import type { EntityManager } from 'typeorm';

/** For what a pool's caps are counted in. @returns false when another instance is at this pool at this moment */
export async function lockPool(manager: EntityManager, poolId: string): Promise<boolean> {
  const rows = (await manager.query('SELECT 1 FROM pool WHERE id = $1 AND removed_at IS NULL FOR UPDATE SKIP LOCKED', [
    poolId,
  ])) as unknown[];
  return rows.length > 0;
}
