import type { EntityManager } from 'typeorm';
import { startOfPeriod } from '../domain/calendar/local-days';
import type { CustomerObject } from '../domain/customer/customer';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import type { WorkspaceSettings } from '../settings/workspace-settings';

/** Whose facts are asked for: the customer, as owned by that member. */
export interface FactsRequest {
  object: CustomerObject;
  recordId: string;
  ownerId: string | null;
}

export interface GatheredFacts {
  lastActivityAt: string | null;
  lastActivityKind: ActivityKind | null;
  lastActivityBy: string | null;
  lastOpportunityAt: string | null;
  lastWonAt: string | null;
  isWon: boolean;
  hasOpenOpportunity: boolean;
  planDueAt: string | null;
}

interface FactsRow extends Omit<GatheredFacts, 'lastActivityAt' | 'lastOpportunityAt' | 'lastWonAt' | 'planDueAt'> {
  object: CustomerObject;
  recordId: string;
  lastActivityAt: Date | null;
  lastOpportunityAt: Date | null;
  lastWonAt: Date | null;
  planDueAt: Date | null;
}

/**
 * docs/semantics.md#where-work-counts: an activity on a person counts for the person and for the company they belong
 * to; on an opportunity, for its company and its point of contact. So it follows from where they belong now, and
 * reading late or twice changes nothing.
 * @param now ISO instant: what lies after it has not happened yet
 * @returns by record id
 */
export async function gatherFacts(
  manager: EntityManager,
  requests: FactsRequest[],
  settings: WorkspaceSettings,
  now: string,
): Promise<Map<string, GatheredFacts>> {
  if (requests.length === 0) return new Map();
  const rows = (await manager.query(
    `WITH asked AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, "ownerId" uuid)
     ), about AS (
       SELECT object, "recordId", "ownerId", object AS target_object, "recordId" AS target_id FROM asked
       UNION ALL
       SELECT a.object, a."recordId", a."ownerId", 'PERSON', p.record_id
         FROM asked a JOIN customer p ON a.object = 'COMPANY' AND p.object = 'PERSON' AND p.company_id = a."recordId"
       UNION ALL
       SELECT a.object, a."recordId", a."ownerId", 'OPPORTUNITY', o.id
         FROM asked a JOIN opportunity o ON a.object = 'COMPANY' AND o.company_id = a."recordId" AND NOT o.is_deleted
       UNION ALL
       SELECT a.object, a."recordId", a."ownerId", 'OPPORTUNITY', o.id
         FROM asked a JOIN opportunity o ON a.object = 'PERSON' AND o.person_id = a."recordId" AND NOT o.is_deleted
     ), last AS (
       SELECT DISTINCT ON (b.object, b."recordId") b.object, b."recordId", v.at, v.kind, v.member_id
         FROM about b JOIN activity v ON v.target_object = b.target_object AND v.target_id = b.target_id
        WHERE v.kind = ANY($2) AND v.at <= $3 AND (NOT $4::boolean OR v.member_id = b."ownerId")
        ORDER BY b.object, b."recordId", v.at DESC, v.source_id
     ), deals AS (
       SELECT b.object, b."recordId", max(o.created_at) AS created_at, max(o.won_at) FILTER (WHERE o.stage = ANY($5)) AS won_at,
              bool_or(o.stage = ANY($5)) AS won, bool_or(o.stage <> ALL($5) AND o.stage <> ALL($6)) AS open
         FROM about b JOIN opportunity o ON b.target_object = 'OPPORTUNITY' AND o.id = b.target_id
        GROUP BY b.object, b."recordId"
     ), plans AS (
       SELECT b.object, b."recordId", max(p.due_at) AS due_at
         FROM about b JOIN plan p ON p.target_object = b.target_object AND p.target_id = b.target_id
        WHERE p.member_id = b."ownerId" AND p.due_at >= $7
        GROUP BY b.object, b."recordId"
     )
     SELECT a.object, a."recordId", l.at AS "lastActivityAt", l.kind AS "lastActivityKind", l.member_id AS "lastActivityBy",
            d.created_at AS "lastOpportunityAt", d.won_at AS "lastWonAt", coalesce(d.won, false) AS "isWon",
            coalesce(d.open, false) AS "hasOpenOpportunity", p.due_at AS "planDueAt"
       FROM asked a
       LEFT JOIN last l USING (object, "recordId") LEFT JOIN deals d USING (object, "recordId") LEFT JOIN plans p USING (object, "recordId")`,
    [
      JSON.stringify(requests.map(({ object, recordId, ownerId }) => ({ object, recordId, ownerId }))),
      settings.QUALIFYING_ACTIVITIES,
      now,
      settings.ONLY_OWNER_ACTIVITY_COUNTS,
      settings.WON_STAGES,
      settings.LOST_STAGES,
      // A task counts through the end of the local day it is due.
      startOfPeriod(now, settings.TIME_ZONE, 'DAY').start,
    ],
  )) as FactsRow[];
  return new Map(
    rows.map(({ recordId, object: _object, ...facts }) => [
      recordId,
      {
        ...facts,
        lastActivityAt: iso(facts.lastActivityAt),
        lastOpportunityAt: iso(facts.lastOpportunityAt),
        lastWonAt: iso(facts.lastWonAt),
        planDueAt: iso(facts.planDueAt),
      },
    ]),
  );
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
