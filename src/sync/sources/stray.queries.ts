import type { EntityManager } from 'typeorm';
import type { ActivityKind } from '../../domain/idle-clock/clock.types';
import type { CustomerObject } from '../../domain/customer/customer';
import type { FollowedName } from '../../twenty/records/followed-records.service';

const FIRST = '00000000-0000-0000-0000-000000000000';

export function strayActivities(
  manager: EntityManager,
  object: FollowedName,
  kinds: readonly ActivityKind[],
  after: string | null,
  limit: number,
): Promise<string[]> {
  return strays(manager, object, 'SELECT origin_id AS id FROM activity WHERE kind = ANY($4)', after, limit, kinds);
}

export function strayTasks(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
  const tasks = `SELECT origin_id AS id FROM activity WHERE kind = 'TASK_COMPLETED' UNION SELECT task_id FROM plan`;
  return strays(manager, 'task', tasks, after, limit);
}

export function strayOpportunities(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
  return strays(manager, 'opportunity', 'SELECT id FROM opportunity', after, limit);
}

export function strayCustomers(
  manager: EntityManager,
  object: CustomerObject,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const name = object === 'COMPANY' ? 'company' : 'person';
  const customers = 'SELECT record_id AS id FROM customer WHERE object = $4 AND NOT is_deleted';
  return strays(manager, name, customers, after, limit, object);
}

async function strays(
  manager: EntityManager,
  object: FollowedName,
  known: string,
  after: string | null,
  limit: number,
  ...parameters: unknown[]
): Promise<string[]> {
  const rows = (await manager.query(
    `SELECT DISTINCT k.id FROM (${known}) AS k
      WHERE k.id > $2 AND NOT EXISTS (SELECT 1 FROM feed_record f WHERE f.object = $1 AND f.record_id = k.id) ORDER BY k.id LIMIT $3`,
    [object, after ?? FIRST, limit, ...parameters],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
}
