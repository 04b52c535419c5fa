import type { EntityManager } from 'typeorm';
import { startOfPeriod } from '../domain/calendar/local-days';
import type { ClaimCandidate, ClaimContext } from '../domain/claim/decide-claim';
import { MemberBook, type PoolUsage } from '../domain/claim/member-book';
import { customerKey } from '../domain/customer/customer';
import type { Actor, Pool } from '../domain/pool/pool-policy';
import { seenCustomer, sightOf } from '../pools';
import type { PoolsService } from '../pools/pools.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import { memberNames } from './member.queries';

export interface ClaimFacts {
  context: ClaimContext;
  pools: Map<string, Pool>;
}

/** The member's side of a claim: rights, use of limits, the time. Read under the member's lock when something is decided. */
export async function loadClaimFacts(
  manager: EntityManager,
  pools: PoolsService,
  settings: WorkspaceSettings,
  member: Pick<ActingMember, 'memberId' | 'isWorkspaceAdmin'>,
  now: string,
): Promise<ClaimFacts> {
  const all = await pools.all(manager);
  const actor = await pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
  const book = await loadMemberBook(manager, member.memberId, all, settings.TIME_ZONE, now);
  const memberCapacity = settings.MEMBER_HOLDING_CAPACITY > 0 ? settings.MEMBER_HOLDING_CAPACITY : null;
  return { context: { actor, book, memberCapacity, timeZone: settings.TIME_ZONE, now }, pools: all };
}

interface HoldingRow {
  poolId: string;
  won: number;
  open: number;
  backlog: number;
}
interface ClaimsRow {
  poolId: string;
  claims: number;
  lastClaimAt: Date | null;
}

async function loadMemberBook(
  manager: EntityManager,
  memberId: string,
  pools: Map<string, Pool>,
  timeZone: string,
  now: string,
): Promise<MemberBook> {
  const holdings = (await manager.query(
    `SELECT c.pool_id AS "poolId", count(*) FILTER (WHERE c.is_won)::int AS won, count(*) FILTER (WHERE NOT c.is_won)::int AS open,
            count(*) FILTER (WHERE (c.last_activity_at IS NULL OR c.last_activity_at < c.owned_since) AND EXISTS (
              SELECT 1 FROM ownership_event e
               WHERE e.object = c.object AND e.record_id = c.record_id AND e.at = c.owned_since
                 AND e.type = 'CLAIMED' AND e.to_id = c.owner_id AND e.state <> 'VOID'))::int AS backlog
       FROM customer c
      WHERE c.owner_id = $1 AND c.status = 'OWNED' AND NOT c.is_deleted
      GROUP BY c.pool_id`,
    [memberId],
  )) as HoldingRow[];
  const periods = [...pools.values()].map(({ id, policy }) => ({
    pool_id: id,
    since: startOfPeriod(now, timeZone, policy.claimLimitPeriod).start,
  }));
  const claims = (await manager.query(
    `SELECT p.pool_id AS "poolId", count(*) FILTER (WHERE e.at >= p.since)::int AS claims, max(e.at) AS "lastClaimAt"
       FROM jsonb_to_recordset($2::jsonb) AS p(pool_id uuid, since timestamptz)
       JOIN ownership_event e ON e.to_id = $1 AND e.pool_id = p.pool_id AND e.type = 'CLAIMED' AND e.state <> 'VOID'
      GROUP BY p.pool_id`,
    [memberId, JSON.stringify(periods)],
  )) as ClaimsRow[];
  const claimed = new Map(claims.map((row) => [row.poolId, row]));
  const held = new Map(holdings.map((row) => [row.poolId, row]));
  return new MemberBook(
    [...pools.values()].map((pool) => [pool.id, usage(pool, held.get(pool.id), claimed.get(pool.id))] as const),
  );
}

function usage({ policy }: Pool, held: HoldingRow | undefined, claimed: ClaimsRow | undefined): PoolUsage {
  const won = held?.won ?? 0;
  const open = held?.open ?? 0;
  return {
    holding: policy.wonCountsTowardsCapacity ? open + won : open,
    exempt: policy.wonCountsTowardsCapacity ? 0 : won,
    claims: claimed?.claims ?? 0,
    lastClaimAt: claimed?.lastClaimAt?.toISOString() ?? null,
    backlog: held?.backlog ?? 0,
  };
}

/** The customers' side of a claim, by `customerKey`. */
export async function loadCandidates(
  manager: EntityManager,
  actor: Actor,
  customers: CustomerEntity[],
  pools: Map<string, Pool>,
): Promise<Map<string, ClaimCandidate>> {
  const ownedUntil = await loadOwnedUntil(manager, actor.memberId, customers);
  const duplicates = await loadDuplicates(
    manager,
    actor,
    customers.filter(({ status }) => status === 'POOLED'),
    pools,
  );
  const owners = [...customers, ...duplicates.values()].map(({ ownerId }) => ownerId);
  const names = await memberNames(manager, owners);
  return new Map(
    customers.map((customer) => {
      const { status, poolId, ownerId, pooledSince, quietUntil, isWon } = customer;
      const duplicate = duplicates.get(customerKey(customer));
      const candidate: ClaimCandidate = {
        status,
        pool: pools.get(poolId ?? '') ?? null,
        ownerId,
        ownerName: names.get(ownerId ?? '') ?? null,
        pooledSince,
        quietUntil,
        isWon,
        callerOwnedUntil: ownedUntil.get(customerKey(customer)) ?? null,
        duplicate: duplicate ? { ...duplicate, ownerName: names.get(duplicate.ownerId) ?? null } : null,
      };
      return [customerKey(customer), candidate];
    }),
  );
}

/** Cooldown: **any** past owner, so the member's own last ending counts, whoever had the customer since. A direct edit that was taken back gave nothing, nor did what was undone. */
async function loadOwnedUntil(
  manager: EntityManager,
  memberId: string,
  customers: CustomerEntity[],
): Promise<Map<string, string>> {
  const rows = (await manager.query(
    `SELECT object, record_id AS "recordId", max(at) AS until FROM ownership_event
      WHERE from_id = $1 AND record_id = ANY($2) AND state <> 'VOID' AND type NOT IN ('REVERTED', 'UNDONE') GROUP BY object, record_id`,
    [memberId, customers.map(({ recordId }) => recordId)],
  )) as (Pick<CustomerEntity, 'object' | 'recordId'> & { until: Date })[];
  return new Map(rows.map((row) => [customerKey(row), row.until.toISOString()]));
}

interface OwnedDuplicate {
  ownerId: string;
  isHidden: boolean;
}

/** docs/semantics.md#duplicates: who else owns the same customer, and whether the actor may not know it. */
async function loadDuplicates(
  manager: EntityManager,
  actor: Actor,
  customers: CustomerEntity[],
  pools: Map<string, Pool>,
): Promise<Map<string, OwnedDuplicate>> {
  const keys = [...new Set(customers.flatMap(({ matchKeys }) => matchKeys))];
  if (keys.length === 0) return new Map();
  const sight = sightOf(actor, pools.values());
  const rows = (await manager.query(
    // Key by key: for hundreds of them at once PostgreSQL would rather read the whole table than ask the index.
    `SELECT c.object, c.record_id AS "recordId", c.owner_id AS "ownerId", c.match_keys AS "matchKeys",
            NOT ${seenCustomer({ viewerId: '$2', viewerIsAdmin: '$3', poolsSeen: '$4' })} AS "isHidden"
       FROM unnest($1::text[]) AS k(key) JOIN customer c ON c.match_keys @> ARRAY[k.key]
      WHERE c.status = 'OWNED' AND c.owner_id <> $2::uuid AND NOT c.is_deleted`,
    [keys, sight.viewerId, sight.viewerIsAdmin, sight.poolsSeen],
  )) as (Pick<CustomerEntity, 'object' | 'recordId' | 'matchKeys'> & OwnedDuplicate)[];
  const owners = new Map(
    rows.flatMap(({ object, matchKeys, ownerId, isHidden }) =>
      matchKeys.map((key) => [`${object} ${key}`, { ownerId, isHidden }] as const),
    ),
  );
  return new Map(
    customers.flatMap((customer) => {
      const hit = customer.matchKeys.map((key) => owners.get(`${customer.object} ${key}`)).find((owner) => owner);
      return hit ? [[customerKey(customer), hit] as const] : [];
    }),
  );
}
