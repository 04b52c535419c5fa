import type { EntityManager } from 'typeorm';

/** @returns whether anything is still to be told or copied to Twenty, or was said there and is to be read */
export async function openWork(manager: EntityManager): Promise<boolean> {
  const [row] = (await manager.query(
    `SELECT EXISTS (SELECT 1 FROM pending_write WHERE settled_at IS NULL)
         OR EXISTS (SELECT 1 FROM customer WHERE show_due <= clock_timestamp() AND write_id IS NULL AND NOT is_deleted)
         OR EXISTS (SELECT 1 FROM reread)
         OR EXISTS (SELECT 1 FROM ownership_event WHERE state = 'CONFIRMED' AND mirrored_at IS NULL) AS open`,
  )) as { open: boolean }[];
  return row?.open ?? false;
}

/** @returns the number of the newest line of the history */
export async function lastEvent(manager: EntityManager): Promise<string> {
  const [row] = (await manager.query('SELECT coalesce(max(seq), 0) AS seq FROM ownership_event')) as { seq: string }[];
  return row?.seq ?? '0';
}

export async function reclaimedSince(manager: EntityManager, seq: string): Promise<number> {
  const [row] = (await manager.query(
    `SELECT count(*)::int AS count FROM ownership_event WHERE type = 'RECLAIMED' AND state <> 'VOID' AND seq > $1`,
    [seq],
  )) as { count: number }[];
  return row?.count ?? 0;
}

/** @returns how many messages of reminders there have ever been */
export async function remindersSoFar(manager: EntityManager): Promise<number> {
  const [row] = (await manager.query('SELECT count(*)::int AS count FROM reminder_digest')) as { count: number }[];
  return row?.count ?? 0;
}
