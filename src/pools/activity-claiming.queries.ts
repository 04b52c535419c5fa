import type { EntityManager } from 'typeorm';

/**
 * Notes in which pools an activity claims from now on. Where it did before, that stays as old as it is; turned off and on
 * again it is new.
 * @param now ISO instant
 */
export async function noteActivityClaiming(manager: EntityManager, poolIds: string[], now: string): Promise<void> {
  await manager.query('DELETE FROM activity_claiming WHERE pool_id <> ALL($1)', [poolIds]);
  await manager.query(
    'INSERT INTO activity_claiming (pool_id, since) SELECT id, $2 FROM unnest($1::uuid[]) AS id ORDER BY id ON CONFLICT DO NOTHING',
    [poolIds, now],
  );
}
