import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import type { DigestEntry } from '../domain/reminders/digest.types';
import type { ChannelFailure } from '../storage/entities/reminder-digest.entity';

/** What a digest says that still holds: each customer once, nearest date first. */
export async function entriesOf(manager: EntityManager, digestId: string): Promise<DigestEntry[]> {
  return (await manager.query(
    `SELECT c.object, c.record_id AS "recordId", c.name, r.reclaim_on::text AS "reclaimOn", c.reclaim_rule AS rule, o.name AS "ownerName"
       FROM (SELECT DISTINCT object, record_id, reclaim_on FROM reminder WHERE digest_id = $1 AND void_at IS NULL AND superseded_at IS NULL) r
       JOIN customer c ON c.object = r.object AND c.record_id = r.record_id LEFT JOIN member o ON o.id = c.owner_id
      ORDER BY r.reclaim_on, c.name, c.record_id`,
    [digestId],
  )) as DigestEntry[];
}

/** Customers that a digest was about and is not any more. */
export async function droppedFrom(manager: EntityManager, digestId: string): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT object, record_id AS "recordId" FROM reminder WHERE digest_id = $1 GROUP BY object, record_id HAVING bool_and(void_at IS NOT NULL OR superseded_at IS NOT NULL) ORDER BY object, record_id`,
    [digestId],
  )) as CustomerRef[];
}

export async function noteDelivered(
  manager: EntityManager,
  digestId: string,
  channel: string,
  at: string,
): Promise<void> {
  await manager.query(
    `UPDATE reminder_digest SET channels = channels || jsonb_build_object($2::text, $3::text), failures = failures - $2::text WHERE id = $1`,
    [digestId, channel, at],
  );
}

export async function noteFailed(
  manager: EntityManager,
  digestId: string,
  channel: string,
  failure: ChannelFailure,
): Promise<void> {
  await manager.query(
    'UPDATE reminder_digest SET failures = failures || jsonb_build_object($2::text, $3::jsonb) WHERE id = $1',
    [digestId, channel, JSON.stringify(failure)],
  );
}

/** @param revision what was told; what has changed since is told at the next turn */
export async function noteTold(
  manager: EntityManager,
  digestId: string,
  revision: number,
  sentAt: string | null,
): Promise<void> {
  await manager.query(
    'UPDATE reminder_digest SET told_revision = greatest(told_revision, $2::int), sent_at = coalesce(sent_at, $3::timestamptz) WHERE id = $1',
    [digestId, revision, sentAt],
  );
}

export async function noteClosed(manager: EntityManager, digestIds: string[], at: string): Promise<void> {
  await manager.query('UPDATE reminder_digest SET closed_at = $2, told_revision = revision WHERE id = ANY($1)', [
    digestIds,
    at,
  ]);
}
