import { IsNull, Not, type EntityManager } from 'typeorm';
import { MemberEntity } from '../storage/entities/member.entity';
import type { CustomerRecord } from '../twenty/twenty.types';

export interface Interventions {
  reverts: number;
  corrections: number;
}

/** How often the engine has written back what users changed, in the last hour, by record id. */
export async function recentInterventions(manager: EntityManager, recordIds: string[]): Promise<Map<string, Interventions>> {
  const rows = (await manager.query(
    `SELECT record_id AS "recordId", count(*) FILTER (WHERE kind = 'REVERT')::int AS reverts,
            count(*) FILTER (WHERE kind = 'CORRECTION')::int AS corrections
       FROM pending_write
      WHERE record_id = ANY($1) AND created_at > clock_timestamp() - interval '1 hour' AND kind IN ('REVERT', 'CORRECTION')
      GROUP BY record_id`,
    [recordIds],
  )) as ({ recordId: string } & Interventions)[];
  return new Map(rows.map(({ recordId, ...interventions }) => [recordId, interventions]));
}

export async function removedMembers(manager: EntityManager): Promise<Set<string>> {
  const rows = await manager.find(MemberEntity, { where: { removedAt: Not(IsNull()) }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Records whose reading could not count are read again. */
export async function requestReread(manager: EntityManager, records: Pick<CustomerRecord, 'object' | 'id'>[]): Promise<void> {
  if (records.length === 0) return;
  await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT x.object, x.id, clock_timestamp() FROM jsonb_to_recordset($1::jsonb) AS x(object text, id uuid) ORDER BY x.object, x.id
     ON CONFLICT (object, record_id) DO UPDATE SET requested_at = excluded.requested_at`,
    [JSON.stringify(records.map(({ object, id }) => ({ object, id })))],
  );
}
