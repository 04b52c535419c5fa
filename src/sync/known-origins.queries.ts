import type { EntityManager } from 'typeorm';
import type { ActivityKind } from '../domain/idle-clock/clock.types';

/** Records that activities of these kinds came from. @param since leave out what happened before that ISO instant */
export async function knownOrigins(
  manager: EntityManager,
  kinds: readonly ActivityKind[],
  since: string | null = null,
): Promise<string[]> {
  const rows = (await manager.query(
    'SELECT DISTINCT origin_id AS id FROM activity WHERE kind = ANY($1) AND at >= coalesce($2::timestamptz, $3)',
    [kinds, since, '-infinity'],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}

export async function plannedTasks(manager: EntityManager): Promise<string[]> {
  const rows = (await manager.query('SELECT DISTINCT task_id AS id FROM plan')) as { id: string }[];
  return rows.map(({ id }) => id);
}

export async function allOpportunities(manager: EntityManager): Promise<string[]> {
  const rows = (await manager.query('SELECT id FROM opportunity')) as { id: string }[];
  return rows.map(({ id }) => id);
}
