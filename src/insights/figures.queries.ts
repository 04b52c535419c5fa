import type { EntityManager } from 'typeorm';
import type { OwnershipEventType } from '../domain/customer';
import type { FiguresPeriod } from '../domain/insights/figures-period';
import type { TenureCounts } from '../domain/insights/tenure-figures';

/** A member; `id` is null when Twenty no longer says who it was, and `name` is all that the history kept. */
export interface MemberKey {
  memberId: string | null;
  name: string | null;
}

export interface FiguresRows {
  /** `day` counts from 0; days on which nothing moved are absent. */
  flow: { day: number; came: number; went: number }[];
  /** Absent when nothing was taken. */
  total: TenureCounts | null;
  byPool: (TenureCounts & { poolId: string })[];
  byMember: (TenureCounts & MemberKey)[];
  /** Whoever had something of the pools in the period, whether or not they took it from them. */
  holders: MemberKey[];
  owners: { memberId: string; owned: number }[];
  /** Most frequent first. */
  reasons: { type: OwnershipEventType; reason: string | null; count: number }[];
}

const counts = `count(*)::int AS taken, count(*) FILTER (WHERE ended_by = 'RECLAIMED')::int AS reclaimed, count(*) FILTER (WHERE ended_by = 'RELEASED')::int AS released,
              count(*) FILTER (WHERE is_won)::int AS won,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM began_at - entered_at) / 3600) AS "medianHoursToClaim",
              percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_activity_at - began_at) / 3600) AS "medianHoursToFirstActivity"`;

/**
 * All figures from one snapshot. The history of every customer that something happened to in the period is gone through in the order of writing:
 * who had it after each event, and in which pool it waited. What Twenty has not confirmed is no history yet, and what was undone never was.
 */
export async function readFigures(
  manager: EntityManager,
  { poolIds, period, qualifying, now }: { poolIds: string[]; period: FiguresPeriod; qualifying: string[]; now: string },
): Promise<FiguresRows> {
  const [rows] = (await manager.query(
    `WITH touched AS (
       SELECT object, record_id FROM ownership_event WHERE state = 'CONFIRMED' AND pool_id = ANY($1) AND at >= $2 AND at < $3
       UNION
       SELECT object, record_id FROM ownership_event WHERE state = 'CONFIRMED' AND type IN ('ROUTED', 'OBSERVED') AND at >= $2 AND at < $3
     ), told AS MATERIALIZED (
       SELECT e.id, e.seq, e.type, object, record_id, e.from_id, e.from_name, e.to_id, e.to_name, e.pool_id, e.reason, e.at,
              CASE WHEN e.type = 'UNDONE' THEN (e.facts->>'undoes')::uuid END AS undoes
         FROM touched JOIN ownership_event e USING (object, record_id)
        WHERE e.state = 'CONFIRMED' AND e.type NOT IN ('PROTECTED', 'HELD', 'REVERTED')
     ), steps AS (
       SELECT *, (from_id, from_name) IS DISTINCT FROM (to_id, to_name) OR type <> 'ROUTED' AS changes_hands,
              CASE WHEN type = 'ARCHIVED' THEN 'ARCHIVED' WHEN to_id IS NOT NULL OR to_name IS NOT NULL THEN 'OWNED' ELSE 'POOLED' END AS status
         FROM told WHERE type <> 'UNDONE' AND id NOT IN (SELECT undoes FROM told WHERE undoes IS NOT NULL)
     ), numbered AS (
       SELECT *, count(*) FILTER (WHERE changes_hands) OVER life AS stint, lag(at) OVER life AS before_at
         FROM steps WINDOW life AS (PARTITION BY object, record_id ORDER BY seq)
     ), placed AS (
       SELECT *, CASE WHEN coalesce(max(status) FILTER (WHERE changes_hands) OVER (PARTITION BY object, record_id, stint), 'POOLED') = 'POOLED' THEN pool_id END AS waits_in
         FROM numbered
     ), moves AS MATERIALIZED (
       SELECT *,
              CASE WHEN type IN ('CLAIMED', 'ASSIGNED') OR type = 'ARCHIVED' AND from_id IS NULL AND from_name IS NULL THEN pool_id
                   ELSE lag(waits_in) OVER (PARTITION BY object, record_id ORDER BY seq) END AS waited_in,
              lead(type) OVER owners AS ended_by, lead(at) OVER owners AS ended_at
         FROM placed WINDOW owners AS (PARTITION BY object, record_id, changes_hands ORDER BY seq)
     ), present AS MATERIALIZED (
       SELECT *, CASE WHEN to_id IS NULL THEN to_name END AS gone_to, CASE WHEN from_id IS NULL THEN from_name END AS gone_from
         FROM moves WHERE at >= $2 AND at < $3
     ), tenures AS MATERIALIZED (
       SELECT id AS tenure_id, object, record_id, pool_id, to_id, gone_to, before_at AS entered_at, at AS began_at, ended_by, coalesce(ended_at, 'infinity') AS ended_at
         FROM present WHERE type IN ('CLAIMED', 'ASSIGNED') AND pool_id = ANY($1)
     ), deals AS (
       SELECT tenure_id, o.id AS deal_id, o.won_at FROM tenures t JOIN opportunity o ON t.object = 'COMPANY' AND o.company_id = t.record_id AND NOT o.is_deleted
       UNION ALL
       SELECT tenure_id, o.id, o.won_at FROM tenures t JOIN opportunity o ON t.object = 'PERSON' AND o.person_id = t.record_id AND NOT o.is_deleted
     ), followed_deals AS (
       SELECT tenure_id, o.won_at
         FROM tenures t JOIN customer p ON t.object = 'PERSON' AND p.object = 'PERSON' AND p.record_id = t.record_id
         JOIN opportunity o ON o.company_id = p.company_id AND o.owner_id = t.to_id AND NOT o.is_deleted
     ), won AS (
       SELECT tenure_id FROM (SELECT tenure_id, won_at FROM deals UNION ALL SELECT tenure_id, won_at FROM followed_deals) d JOIN tenures USING (tenure_id)
        WHERE won_at >= began_at AND won_at < ended_at GROUP BY tenure_id
     ), about AS (
       SELECT tenure_id, object AS target_object, record_id AS target_id FROM tenures
       UNION ALL
       SELECT tenure_id, 'PERSON', p.record_id FROM tenures t JOIN customer p ON t.object = 'COMPANY' AND p.object = 'PERSON' AND p.company_id = t.record_id
       UNION ALL
       SELECT tenure_id, 'OPPORTUNITY', deal_id FROM deals
     ), active AS (
       SELECT tenure_id, min(v.at) AS first_activity_at
         FROM about JOIN tenures t USING (tenure_id) JOIN activity v USING (target_object, target_id)
        WHERE v.member_id = t.to_id AND v.kind = ANY($4) AND v.at >= began_at AND v.at < ended_at AND v.at <= $5
        GROUP BY tenure_id
     ), judged AS MATERIALIZED (
       SELECT t.*, won.tenure_id IS NOT NULL AS is_won, first_activity_at
         FROM tenures t LEFT JOIN won ON won.tenure_id = t.tenure_id LEFT JOIN active ON active.tenure_id = t.tenure_id
     )
     SELECT (SELECT coalesce(json_agg(x), '[]') FROM (
              SELECT width_bucket(at, $6::timestamptz[]) - 1 AS day, sum(f.came)::int AS came, sum(f.went)::int AS went
                FROM present, LATERAL (VALUES (waits_in, 1, 0), (waited_in, 0, 1)) AS f(pool, came, went)
               WHERE waits_in IS DISTINCT FROM waited_in AND f.pool = ANY($1) GROUP BY day) x) AS flow,
            (SELECT row_to_json(x) FROM (SELECT ${counts} FROM judged HAVING count(*) > 0) x) AS total,
            (SELECT coalesce(json_agg(x), '[]') FROM (SELECT pool_id AS "poolId", ${counts} FROM judged GROUP BY pool_id) x) AS "byPool",
            (SELECT coalesce(json_agg(x), '[]') FROM (SELECT to_id AS "memberId", gone_to AS name, ${counts} FROM judged GROUP BY to_id, gone_to) x) AS "byMember",
            (SELECT coalesce(json_agg(x), '[]') FROM (
              SELECT DISTINCT f.id AS "memberId", f.name FROM present, LATERAL (VALUES (from_id, gone_from), (to_id, gone_to)) AS f(id, name)
               WHERE pool_id = ANY($1) AND (f.id IS NOT NULL OR f.name IS NOT NULL)) x) AS holders,
            (SELECT coalesce(json_agg(x), '[]') FROM (
              SELECT owner_id AS "memberId", count(*)::int AS owned FROM customer WHERE pool_id = ANY($1) AND status = 'OWNED' AND NOT is_deleted GROUP BY owner_id) x) AS owners,
            (SELECT coalesce(json_agg(x), '[]') FROM (
              SELECT type, nullif(btrim(reason), '') AS reason, count(*)::int AS count FROM present
               WHERE type IN ('RELEASED', 'ARCHIVED') AND pool_id = ANY($1) GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2) x) AS reasons`,
    [poolIds, period.bounds[0], period.bounds.at(-1), qualifying, now, period.bounds],
  )) as FiguresRows[];
  if (!rows) throw new Error('The figures query gave no row');
  return rows;
}
