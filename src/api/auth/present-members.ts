import type { EntityManager } from 'typeorm';
import { IndexBusyError } from '../../storage/engine-lock';

/**
 * Whether the index has a member who was not removed. Both are asked in one statement: an index that is emptied and read
 * again has members the moment it says that it has read them.
 * @throws IndexBusyError when it is not there, and the index has not read who is
 */
export async function isPresent(manager: EntityManager, memberId: string): Promise<boolean> {
  const [row] = (await manager.query(
    `SELECT EXISTS (SELECT 1 FROM member WHERE id = $1 AND removed_at IS NULL) AS there,
            EXISTS (SELECT 1 FROM sync_cursor WHERE source = 'members' AND complete_at IS NOT NULL) AS complete`,
    [memberId],
  )) as { there: boolean; complete: boolean }[];
  if (row?.there !== true && row?.complete !== true) throw new IndexBusyError();
  return row.there;
}
