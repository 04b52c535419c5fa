import type { EntityManager } from 'typeorm';
import type { ClockTarget } from '../idle-clock';
import type { OpportunityRecord } from '../twenty/records/activity-records.types';
import type { KnownOpportunity } from './sources/opportunity-facts';

interface LinkRow {
  companyId: string | null;
  personId: string | null;
}

/** By id; locked, because what a stage means depends on the one before. */
export async function knownOpportunities(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, KnownOpportunity>> {
  const rows = (await manager.query(
    'SELECT id, stage, won_at AS "wonAt" FROM opportunity WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [ids],
  )) as { id: string; stage: string; wonAt: Date | null }[];
  return new Map(rows.map(({ id, stage, wonAt }) => [id, { stage, wonAt: wonAt?.toISOString() ?? null }]));
}

export type OpportunityRow = Pick<
  OpportunityRecord,
  'id' | 'companyId' | 'personId' | 'ownerId' | 'stage' | 'createdAt' | 'updatedAt' | 'deletedAt'
> & {
  wonAt: string | null;
};

/** Makes the rows of these opportunities exactly `rows`. @returns companies and contacts, former ones too, for whom something changed */
export async function replaceOpportunities(
  manager: EntityManager,
  ids: readonly string[],
  rows: readonly OpportunityRow[],
): Promise<ClockTarget[]> {
  const values = rows.map((row) => ({
    id: row.id,
    company_id: row.companyId,
    person_id: row.personId,
    owner_id: row.ownerId,
    stage: row.stage,
    created_at: row.createdAt,
    won_at: row.wonAt,
    updated_at: row.updatedAt,
    is_deleted: row.deletedAt !== null,
  }));
  // What the statement changes is not seen by its own readings: they give the links as they were.
  const links = (await manager.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(
         id uuid, company_id uuid, person_id uuid, owner_id uuid, stage text, created_at timestamptz, won_at timestamptz, updated_at timestamptz, is_deleted boolean)
     ), gone AS (
       DELETE FROM opportunity o WHERE o.id = ANY($2) AND NOT EXISTS (SELECT 1 FROM given g WHERE g.id = o.id) RETURNING o.id
     ), put AS (
       INSERT INTO opportunity AS o (id, company_id, person_id, owner_id, stage, created_at, won_at, updated_at, is_deleted) SELECT * FROM given
       ON CONFLICT (id) DO UPDATE SET company_id = excluded.company_id, person_id = excluded.person_id, owner_id = excluded.owner_id, stage = excluded.stage,
              created_at = excluded.created_at, won_at = excluded.won_at, updated_at = excluded.updated_at, is_deleted = excluded.is_deleted
         WHERE (o.company_id, o.person_id, o.owner_id, o.stage, o.created_at, o.won_at, o.updated_at, o.is_deleted) IS DISTINCT FROM
               (excluded.company_id, excluded.person_id, excluded.owner_id, excluded.stage, excluded.created_at, excluded.won_at, excluded.updated_at, excluded.is_deleted)
       RETURNING o.id, o.company_id, o.person_id)
     SELECT company_id AS "companyId", person_id AS "personId" FROM put
     UNION SELECT o.company_id, o.person_id FROM opportunity o WHERE o.id IN (SELECT id FROM put UNION SELECT id FROM gone)`,
    [JSON.stringify(values), ids],
  )) as LinkRow[];
  return links.flatMap(targetsOf);
}

/**
 * A stage may be named won in the settings when opportunities are in it already; they count as won since they were last changed.
 * @returns companies and contacts for whom something changed
 */
export async function markWon(manager: EntityManager, wonStages: readonly string[]): Promise<ClockTarget[]> {
  const links = (await manager.query(
    `WITH won AS (
       UPDATE opportunity SET won_at = CASE WHEN stage = ANY($1) THEN updated_at END WHERE (stage = ANY($1)) <> (won_at IS NOT NULL)
       RETURNING company_id, person_id)
     SELECT company_id AS "companyId", person_id AS "personId" FROM won`,
    [wonStages],
  )) as LinkRow[];
  return links.flatMap(targetsOf);
}

function targetsOf({ companyId, personId }: LinkRow): ClockTarget[] {
  return [
    ...(companyId ? [{ object: 'COMPANY' as const, id: companyId }] : []),
    ...(personId ? [{ object: 'PERSON' as const, id: personId }] : []),
  ];
}
