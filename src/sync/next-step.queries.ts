import type { EntityManager } from 'typeorm';

interface NextStep {
  id: string;
  /** Owner, or assignee; null leaves what was known: Twenty empties it when a member is removed. */
  memberId: string | null;
}

/** Keeps whose open opportunities or tasks are, for when their member leaves. @param ids every record read; those not open are forgotten */
export async function noteNextSteps(
  manager: EntityManager,
  kind: 'OPPORTUNITY' | 'TASK',
  ids: readonly string[],
  open: readonly NextStep[],
): Promise<void> {
  const openIds = new Set(open.map(({ id }) => id));
  await manager.query('DELETE FROM next_step WHERE kind = $1 AND record_id = ANY($2)', [
    kind,
    ids.filter((id) => !openIds.has(id)),
  ]);
  await manager.query(
    `INSERT INTO next_step AS s (kind, record_id, member_id)
     SELECT $1, x.id, x."memberId" FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, "memberId" uuid) WHERE x."memberId" IS NOT NULL ORDER BY x.id
     ON CONFLICT (kind, record_id) DO UPDATE SET member_id = excluded.member_id WHERE s.member_id <> excluded.member_id`,
    [kind, JSON.stringify(open.map(({ id, memberId }) => ({ id, memberId })))],
  );
}
