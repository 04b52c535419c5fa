import type { EntityManager } from 'typeorm';
import { type ActivityOnPooled, claimsWithinDays } from '../domain/claim/claiming-activities';

/** With the record of Twenty that says so. */
export type SeenActivity = ActivityOnPooled & { originId: string; requestId: string };

interface SeenRow extends Omit<SeenActivity, 'at' | 'pooledSince' | 'ownerChangedAt' | 'claimsSince'> {
  at: Date;
  pooledSince: Date | null;
  ownerChangedAt: Date | null;
  claimsSince: Date;
}

/**
 * What members have done lately about customers that are pooled where activities claim; for whom it counts is as for clocks
 * (idle-clock/clock-facts.queries.ts). While Twenty has not taken a logged follow-up it has not come about. The request id of an
 * activity's claim is made of the activity and the customer, so each has one answer.
 * @param now ISO instant
 * @param originId what this record of Twenty says and nothing else; null: everything
 */
export async function pooledActivities(
  manager: EntityManager,
  now: string,
  originId: string | null = null,
): Promise<SeenActivity[]> {
  const rows = (await manager.query(
    `SELECT x.*, EXISTS (SELECT 1 FROM command k WHERE k.actor_id = x."memberId" AND k.request_id = x."requestId") AS "isConsidered",
            (SELECT max(e.at) FROM ownership_event e
              WHERE e.object = x.object AND e.record_id = x."recordId" AND e.state <> 'VOID' AND e.type <> 'REVERTED' AND e.from_id IS DISTINCT FROM e.to_id) AS "ownerChangedAt"
       FROM (
         SELECT c.object, c.record_id AS "recordId", c.pooled_since AS "pooledSince", c.write_id IS NOT NULL AS "isInFlight", s.since AS "claimsSince",
                v.kind, v.source_id AS "sourceId", v.origin_id AS "originId", v.at, v.member_id AS "memberId",
                concat_ws(':', 'activity', v.kind, v.source_id, c.object, c.record_id) AS "requestId"
           FROM activity v
          CROSS JOIN LATERAL (
            SELECT v.target_object AS object, v.target_id AS record_id
            UNION SELECT 'COMPANY', p.company_id FROM customer p WHERE v.target_object = 'PERSON' AND p.object = 'PERSON' AND p.record_id = v.target_id
            UNION SELECT 'COMPANY', o.company_id FROM opportunity o WHERE v.target_object = 'OPPORTUNITY' AND o.id = v.target_id AND NOT o.is_deleted
            UNION SELECT 'PERSON', o.person_id FROM opportunity o WHERE v.target_object = 'OPPORTUNITY' AND o.id = v.target_id AND NOT o.is_deleted
          ) about
           JOIN customer c ON c.object = about.object AND c.record_id = about.record_id AND c.status = 'POOLED' AND NOT c.is_deleted
           JOIN activity_claiming s ON s.pool_id = c.pool_id
           JOIN member m ON m.id = v.member_id AND m.removed_at IS NULL
          WHERE v.at > $1::timestamptz - make_interval(days => $2) AND v.at <= $1 AND v.at >= (SELECT min(since) FROM activity_claiming)
            AND ($3::uuid IS NULL OR v.origin_id = $3)
            AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.id = v.origin_id AND f.state = 'OPEN')
       ) x`,
    [now, claimsWithinDays, originId],
  )) as SeenRow[];
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    pooledSince: row.pooledSince?.toISOString() ?? null,
    ownerChangedAt: row.ownerChangedAt?.toISOString() ?? null,
    claimsSince: row.claimsSince.toISOString(),
  }));
}
