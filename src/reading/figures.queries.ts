import type { EntityManager } from 'typeorm';
import type { OwnershipEventType } from '../domain/customer/customer';
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
 * All figures from one snapshot; each row costs the same however little the planner knows of the rows before it. The history of every customer that something happened to in the period is gone through in the order of writing:
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
     ), steps AS (
       -- What changed who had a customer or where it waited. A move leaves the owner as they were; it names them twice, or nobody.
       SELECT e.seq, e.type, object, record_id, e.from_id, e.from_name, e.to_id, e.to_name, e.pool_id, e.reason, e.at,
              e.type <> 'ROUTED' OR (e.from_id, e.from_name) IS DISTINCT FROM (e.to_id, e.to_name) AS changes_hands,
              CASE WHEN e.type = 'ARCHIVED' THEN 'ARCHIVED' WHEN e.to_id IS NOT NULL OR e.to_name IS NOT NULL THEN 'OWNED' ELSE 'POOLED' END AS status
         FROM touched JOIN ownership_event e USING (object, record_id)
        WHERE e.state = 'CONFIRMED' AND e.type NOT IN ('PROTECTED', 'HELD', 'REVERTED', 'UNDONE')
          AND NOT EXISTS (SELECT 1 FROM ownership_event u WHERE u.type = 'UNDONE' AND u.state = 'CONFIRMED' AND u.facts->>'undoes' = e.id::text)
     ), numbered AS (
       -- A stint is the time for which one member has it, or nobody: 0 before anybody is known to have had it.
       SELECT *, count(*) FILTER (WHERE changes_hands) OVER life AS stint, lag(at) OVER life AS before_at
         FROM steps WINDOW life AS (PARTITION BY object, record_id ORDER BY seq)
     ), placed AS (
       SELECT *, CASE WHEN coalesce(max(status) FILTER (WHERE changes_hands) OVER (PARTITION BY object, record_id, stint), 'POOLED') = 'POOLED' THEN pool_id END AS waits_in
         FROM numbered
     ), moves AS (
       -- Whatever is taken waited in the pool that the event names, also where the history before it is not known.
       SELECT *,
              CASE WHEN type IN ('CLAIMED', 'ASSIGNED') OR type = 'ARCHIVED' AND from_id IS NULL AND from_name IS NULL THEN pool_id
                   ELSE lag(waits_in) OVER (PARTITION BY object, record_id ORDER BY seq) END AS waited_in,
              lead(type) OVER owners AS ended_by, lead(at) OVER owners AS ended_at
         FROM placed WINDOW owners AS (PARTITION BY object, record_id, changes_hands ORDER BY seq)
     ), present AS MATERIALIZED (
       SELECT *, CASE WHEN to_id IS NULL THEN to_name END AS gone_to, CASE WHEN from_id IS NULL THEN from_name END AS gone_from
         FROM moves WHERE at >= $2 AND at < $3
     ), tenures AS (
       SELECT object, record_id, pool_id, to_id, gone_to, before_at AS entered_at, at AS began_at, ended_by, coalesce(ended_at, 'infinity') AS ended_at
         FROM present WHERE type IN ('CLAIMED', 'ASSIGNED') AND pool_id = ANY($1)
     ), judged AS MATERIALIZED (
       SELECT t.*, d.is_won, a.first_activity_at
         FROM tenures t
         LEFT JOIN customer p ON t.object = 'PERSON' AND p.object = 'PERSON' AND p.record_id = t.record_id
        CROSS JOIN LATERAL (
          SELECT EXISTS (SELECT 1 FROM (
            SELECT won_at FROM opportunity WHERE t.object = 'COMPANY' AND company_id = t.record_id AND NOT is_deleted
            UNION ALL
            SELECT won_at FROM opportunity WHERE t.object = 'PERSON' AND person_id = t.record_id AND NOT is_deleted
            UNION ALL
            SELECT won_at FROM opportunity WHERE company_id = p.company_id AND owner_id = t.to_id AND NOT is_deleted) o
             WHERE o.won_at >= began_at AND o.won_at < ended_at) AS is_won) d
        CROSS JOIN LATERAL (
          SELECT min(v.at) AS first_activity_at
            FROM (SELECT t.object AS object, t.record_id AS id
                  UNION ALL
                  SELECT 'PERSON', record_id FROM customer WHERE t.object = 'COMPANY' AND object = 'PERSON' AND company_id = t.record_id
                  UNION ALL
                  SELECT 'OPPORTUNITY', id FROM opportunity WHERE t.object = 'COMPANY' AND company_id = t.record_id AND NOT is_deleted
                  UNION ALL
                  SELECT 'OPPORTUNITY', id FROM opportunity WHERE t.object = 'PERSON' AND person_id = t.record_id AND NOT is_deleted) about
            JOIN activity v ON v.target_object = about.object AND v.target_id = about.id
           WHERE v.member_id = t.to_id AND v.kind = ANY($4) AND v.at >= began_at AND v.at < ended_at AND v.at <= $5) a
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
