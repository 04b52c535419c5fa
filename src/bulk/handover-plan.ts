import type { EntityManager } from 'typeorm';
import { decideHandover } from '../domain/assignment/decide-handover';
import {
  type Movable,
  type MovableUnit,
  type Placement,
  splitCustomers,
  type SplitStrategy,
} from '../domain/assignment/split-customers';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import type { Actor, Pool } from '../domain/pool/pool-policy';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { type CandidateOf, candidatesOf } from './candidates';
import type { NewOperationItem } from './operation-store.queries';
import { followingPeople, type PlannedRow, rowsOf } from './plan.queries';
import type { Receivers } from './receivers';

export interface PlanRequest {
  actor: Actor;
  pools: Map<string, Pool>;
  settings: WorkspaceSettings;
  receivers: Receivers;
  refs: CustomerRef[];
  strategy: SplitStrategy;
  overrideCapacity: boolean;
  withRelated: boolean;
  /** ISO instant. */
  now: string;
}

/**
 * Who gets what, and what is refused: the items of an operation, in the order in which they are to be decided. The same for the same
 * state, so a preview says what the operation does. People follow their company to its new owner and are counted like it.
 */
export async function planHandover(manager: EntityManager, request: PlanRequest): Promise<NewOperationItem[]> {
  const rows = await rowsOf(manager, request.refs);
  const targetIds = new Set(request.receivers.members.keys());
  const candidateOf = await candidatesOf(manager, request.actor.memberId, request.pools, rows.values());
  const refusals = new Map<string, Refusal>();
  const movable = request.refs.flatMap((ref) => {
    const row = rows.get(customerKey(ref));
    const refusal = decideHandover(row && !row.isDeleted ? candidate(row, request, candidateOf) : null, {
      ...request,
      targetIds,
      timeZone: request.settings.TIME_ZONE,
    });
    if (!refusal && row) return [row];
    refusals.set(customerKey(ref), refusal ?? refuse('NOT_FOUND'));
    return [];
  });
  const people =
    request.withRelated && request.settings.PEOPLE_FOLLOW_COMPANY ? await followingPeople(manager, movable) : [];
  const units = unitsOf(movable, people);
  const placements = splitCustomers(
    units.map(({ head, followers }): MovableUnit => ({ head: asMovable(head), followers: followers.map(asMovable) })),
    request.receivers.targets,
    request.strategy,
    request.receivers.room,
    request.overrideCapacity,
  );
  const planned = units.flatMap(({ head, followers }) => [
    item(head, null, placements.get(customerKey(head))),
    ...followers.map((follower) => item(follower, head.recordId, placements.get(customerKey(follower)))),
  ]);
  const followed = new Set(people.map(customerKey));
  const refused = request.refs.flatMap((ref): NewOperationItem[] => {
    const refusal = refusals.get(customerKey(ref));
    return refusal && !followed.has(customerKey(ref)) ? [refusedItem(ref, refusal)] : [];
  });
  return [...planned, ...refused];
}

function candidate(row: PlannedRow, { receivers }: PlanRequest, candidateOf: CandidateOf) {
  return { ...candidateOf(row, receivers.members.get(row.ownerId ?? '')?.name), quietUntil: row.quietUntil };
}

interface Unit {
  head: PlannedRow;
  followers: PlannedRow[];
}

/** Whoever follows a company that moves is not moved by themselves. */
function unitsOf(movable: PlannedRow[], people: PlannedRow[]): Unit[] {
  const byCompany = new Map<string, PlannedRow[]>();
  for (const person of people)
    byCompany.set(person.companyId ?? '', [...(byCompany.get(person.companyId ?? '') ?? []), person]);
  const following = new Set(people.map(customerKey));
  return movable
    .filter((row) => !following.has(customerKey(row)))
    .map((head) => ({ head, followers: head.object === 'COMPANY' ? (byCompany.get(head.recordId) ?? []) : [] }));
}

function asMovable(row: PlannedRow): Movable {
  return { key: customerKey(row), poolId: row.poolId ?? '', isWon: row.isWon };
}

function item(row: PlannedRow, headId: string | null, placement: Placement | undefined): NewOperationItem {
  const { object, recordId, ownerId } = row;
  const frozen = { object, recordId, headId, expectedOwnerId: ownerId, eventId: null };
  if (placement && 'toMemberId' in placement)
    return { ...frozen, toMemberId: placement.toMemberId, state: 'WAITING', refusal: null };
  return {
    ...frozen,
    toMemberId: null,
    state: 'REFUSED',
    refusal: placement?.refusal ?? refuse('TARGET_NOT_ELIGIBLE'),
  };
}

export function refusedItem({ object, recordId }: CustomerRef, refusal: Refusal): NewOperationItem {
  return {
    object,
    recordId,
    headId: null,
    expectedOwnerId: null,
    toMemberId: null,
    eventId: null,
    state: 'REFUSED',
    refusal,
  };
}
