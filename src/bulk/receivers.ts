import { In, type EntityManager } from 'typeorm';
import { problemOf } from '../domain/assignment/decide-assign';
import { HoldingRoom, type Receiver } from '../domain/assignment/holding-room';
import type { SplitTarget } from '../domain/assignment/split-customers';
import { localDate } from '../domain/calendar/local-days';
import { MemberBook } from '../domain/claim/member-book';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import type { PoolsService } from '../pools/pools.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { MemberLeaveEntity } from '../storage/entities/member-leave.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import { PoolMemberEntity } from '../storage/entities/pool-member.entity';

export interface Receivers {
  targets: SplitTarget[];
  room: HoldingRoom;
  members: Map<string, Receiver & { entity: MemberEntity }>;
  /** Workspace-wide holding capacity; null = none. */
  memberCapacity: number | null;
}

interface HoldingRow {
  ownerId: string;
  poolId: string;
  won: number;
  open: number;
}

/** Those who are to have customers: what they may have, hold and weigh. Read under their rows' locks when something is decided. */
export async function loadReceivers(
  manager: EntityManager,
  poolsService: PoolsService,
  pools: Map<string, Pool>,
  settings: WorkspaceSettings,
  memberIds: string[],
  now: string,
): Promise<Receivers> {
  const entities = new Map(
    (await manager.findBy(MemberEntity, { id: In(memberIds) })).map((entity) => [entity.id, entity]),
  );
  const books = await loadBooks(manager, memberIds, pools);
  const places = await manager.findBy(PoolMemberEntity, { memberId: In(memberIds) });
  const onLeave = await membersOnLeave(manager, memberIds, localDate(now, settings.TIME_ZONE));
  const memberCapacity = settings.MEMBER_HOLDING_CAPACITY > 0 ? settings.MEMBER_HOLDING_CAPACITY : null;
  const members = new Map<string, Receiver & { entity: MemberEntity }>();
  const targets: SplitTarget[] = [];
  for (const memberId of memberIds) {
    const entity = entities.get(memberId);
    if (!entity) continue;
    // What their Twenty role allows is known of callers only.
    const member = await poolsService.actor(memberId, false, manager);
    const receiver = { member, name: entity.name, book: books.get(memberId) ?? new MemberBook(), entity };
    members.set(memberId, receiver);
    const target = { ...receiver, isGone: entity.removedAt !== null, isOnLeave: onLeave.has(memberId) };
    const unfit = new Map(
      [...pools.values()].map((pool) => [pool.id, unfitness(problemOf(target, pool), entity.name, pool)]),
    );
    targets.push({
      memberId,
      weightIn: (poolId) => places.find((place) => place.memberId === memberId && place.poolId === poolId)?.weight ?? 1,
      unfitFor: (poolId) => unfit.get(poolId) ?? null,
    });
  }
  return { targets, members, memberCapacity, room: new HoldingRoom([...members.values()], pools, memberCapacity) };
}

function unfitness(problem: ReturnType<typeof problemOf>, name: string | null, pool: Pool): Refusal | null {
  return (
    problem &&
    refuse('TARGET_NOT_ELIGIBLE', {
      ...(name ? { memberName: name } : {}),
      poolName: pool.name,
      targetProblem: problem,
    })
  );
}

async function loadBooks(
  manager: EntityManager,
  memberIds: string[],
  pools: Map<string, Pool>,
): Promise<Map<string, MemberBook>> {
  const rows = (await manager.query(
    `SELECT owner_id AS "ownerId", pool_id AS "poolId", count(*) FILTER (WHERE is_won)::int AS won, count(*) FILTER (WHERE NOT is_won)::int AS open
       FROM customer WHERE owner_id = ANY($1) AND status = 'OWNED' AND NOT is_deleted GROUP BY owner_id, pool_id`,
    [memberIds],
  )) as HoldingRow[];
  return new Map(
    memberIds.map((memberId) => [
      memberId,
      new MemberBook(rows.filter(({ ownerId }) => ownerId === memberId).map((row) => usage(row, pools))),
    ]),
  );
}

function usage({ poolId, won, open }: HoldingRow, pools: Map<string, Pool>) {
  const wonCounts = pools.get(poolId)?.policy.wonCountsTowardsCapacity ?? false;
  return [
    poolId,
    { holding: wonCounts ? open + won : open, exempt: wonCounts ? 0 : won, claims: 0, lastClaimAt: null, backlog: 0 },
  ] as const;
}

async function membersOnLeave(manager: EntityManager, memberIds: string[], today: string): Promise<Set<string>> {
  const leaves = await manager.findBy(MemberLeaveEntity, { memberId: In(memberIds) });
  return new Set(
    leaves.filter(({ fromDate, untilDate }) => fromDate <= today && today <= untilDate).map(({ memberId }) => memberId),
  );
}
