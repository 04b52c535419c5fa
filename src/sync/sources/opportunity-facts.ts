import type { OpportunityRecord } from '../../twenty/records/activity-records.types';
import type { Instant } from '../../twenty/records/twenty.types';
import { type ActivityFact, derivedId, memberBehind, memberBehindOr } from '../activity-fact';

/** What the index knows of an opportunity from earlier readings. */
export interface KnownOpportunity {
  stage: string;
  wonAt: Instant | null;
}

export interface Stages {
  /** In the workspace's order. */
  order: readonly string[];
  won: readonly string[];
  lost: readonly string[];
}

export interface OpportunityFacts {
  created: ActivityFact | null;
  advanced: ActivityFact | null;
  /** Since when it has counted as won; null: it does not. */
  wonAt: Instant | null;
}

/** Twenty keeps the present stage alone, so that it moved is seen by comparing with the reading before. */
export function opportunityFacts(
  record: OpportunityRecord,
  known: KnownOpportunity | null,
  stages: Stages,
): OpportunityFacts {
  return {
    created: created(record),
    advanced: hasAdvanced(record, known, stages) ? advanced(record, known) : null,
    wonAt: stages.won.includes(record.stage) ? (known?.wonAt ?? record.updatedAt) : null,
  };
}

function created({ id, createdBy, createdAt, ownerId }: OpportunityRecord): ActivityFact | null {
  const memberId = memberBehindOr(createdBy, ownerId);
  if (memberId === null) return null;
  return {
    kind: 'OPPORTUNITY_CREATED',
    sourceId: id,
    originId: id,
    target: { object: 'OPPORTUNITY', id },
    at: createdAt,
    memberId,
  };
}

function advanced(
  { id, stage, updatedBy, updatedAt, ownerId }: OpportunityRecord,
  known: KnownOpportunity | null,
): ActivityFact | null {
  const memberId = known ? memberBehindOr(updatedBy, ownerId) : memberBehind(updatedBy);
  if (memberId === null) return null;
  return {
    kind: 'STAGE_ADVANCED',
    sourceId: derivedId(id, stage),
    originId: id,
    target: { object: 'OPPORTUNITY', id },
    at: updatedAt,
    memberId,
  };
}

/**
 * One that is new to the index and was changed since it was made is taken to have come from the first stage: a move between
 * two readings, or before the first, must not be lost.
 */
function hasAdvanced(record: OpportunityRecord, known: KnownOpportunity | null, { order, lost }: Stages): boolean {
  if (record.deletedAt !== null || lost.includes(record.stage)) return false;
  const now = order.indexOf(record.stage);
  if (!known) return now > 0 && record.updatedAt > record.createdAt;
  const before = order.indexOf(known.stage);
  return before !== -1 && now > before;
}
