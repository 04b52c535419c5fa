import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { addCalendarDays, localDate, startOfLocalDate, startOfPeriod } from '../domain/calendar/local-days';
import { cleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { cleanUpPolicy } from '../domain/clean-up/clean-up.types';
import { decideClaim } from '../domain/claim/decide-claim';
import {
  type CustomerObject,
  type CustomerRef,
  customerKey,
  customerObjects,
  type PoolStatus,
} from '../domain/customer/customer';
import { capacityInPool, claimLimitInPool, isManagerOf, type Pool, seesPool } from '../domain/pool/pool-policy';
import { seesCustomer } from '../domain/pool/visibility';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { ownedBefore, seenCustomer, type Sight, sightOf } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import { type ActingMember, maySee } from '../domain/customer/acting-member';
import {
  type Attention,
  type AttentionPool,
  countAttention,
  type WaitingRequest,
  waitingRequests,
} from './attention.queries';
import { loadCandidates, loadClaimFacts } from '../changes';
import { type CustomerFilter, findPage, type ListPosition } from './customer-list.queries';
import { readCustomers } from '../changes';
import { countDueDays } from './due-days.queries';

export interface CustomerWithClaimability {
  customer: CustomerEntity;
  pool: Pool;
  owner: MemberEntity | null;
  /** Why the caller may not claim it; null when they may. */
  refusal: Refusal | null;
}

export interface PoolUse {
  /** null: over all pools. */
  pool: Pool | null;
  used: number;
  limit: number | null;
  exempt: number;
}

export interface ClaimsUse {
  pool: Pool;
  used: number;
  limit: number | null;
  /** ISO instant. */
  resetsAt: string;
}

export interface ViewerBook {
  managedPools: Pool[];
  capacities: PoolUse[];
  claims: ClaimsUse[];
  /** Local date in the workspace's time zone. */
  today: string;
}

export interface CustomerList {
  customers: CustomerWithClaimability[];
  totalCount: number;
  end: ListPosition | null;
  hasNextPage: boolean;
}

export interface ListRequest {
  poolId: string | null;
  ownerId: string | null;
  status: PoolStatus | null;
  dueWithinDays: number | null;
  object: CustomerObject | null;
  search: string | null;
  /** Lists what waits for the caller as a manager: nothing of pools that they do not manage. */
  attention: Attention | null;
}

/** What a member sees of pools and customers, with what they may do about it. */
@Injectable()
export class CustomerReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly idleClock: IdleClock,
    private readonly clock: Clock,
  ) {}

  /** Managed customers that the member sees, by `customerKey`; deleted and unmanaged ones are absent, like those that they do not see. */
  async byRefs(member: ActingMember, refs: CustomerRef[]): Promise<Map<string, CustomerWithClaimability>> {
    const rows = await readCustomers(
      this.dataSource.manager,
      refs.filter(({ object }) => maySee(member, object)),
    );
    const wanted = refs.flatMap((ref) => rows.get(customerKey(ref)) ?? []);
    const views = await this.withClaimability(
      this.dataSource.manager,
      member,
      wanted.filter(({ isDeleted }) => !isDeleted),
    );
    return new Map(views.map((view) => [customerKey(view.customer), view]));
  }

  async list(
    member: ActingMember,
    request: ListRequest,
    first: number,
    after: ListPosition | null,
  ): Promise<CustomerList> {
    const { manager } = this.dataSource;
    const { TIME_ZONE } = await this.settings.current(manager);
    const today = localDate(this.clock.now(), TIME_ZONE);
    const filter: CustomerFilter = {
      poolId: request.poolId,
      ownerId: request.ownerId,
      status: request.status,
      dueUntil: request.dueWithinDays === null ? null : addCalendarDays(today, request.dueWithinDays),
      sight: await this.sight(member, manager),
      objects: readable(member).filter((object) => request.object === null || object === request.object),
      search: request.search,
      attention: request.attention && {
        kind: request.attention,
        pools: await this.attentionPools(member, manager, today, TIME_ZONE),
      },
    };
    const { rows, totalCount } = await findPage(manager, filter, first + 1, after);
    const page = rows.slice(0, first);
    const customers = await this.withClaimability(manager, member, page);
    const last = page.at(-1);
    return {
      customers,
      totalCount,
      end: last ? { reclaimOn: last.reclaimOn, name: last.name, recordId: last.recordId } : null,
      hasNextPage: rows.length > first,
    };
  }

  private async sight(member: ActingMember, manager: EntityManager): Promise<Sight> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    return sightOf(actor, (await this.pools.all(manager)).values());
  }

  async visiblePools(member: ActingMember, manager: EntityManager = this.dataSource.manager): Promise<Pool[]> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    return [...(await this.pools.all(manager)).values()].filter((pool) => seesPool(actor, pool));
  }

  /** How much waits for the caller in the pools that they manage, or in one of them. */
  async attention(member: ActingMember, poolId: string | null): Promise<{ kind: Attention; count: number }[]> {
    const { manager } = this.dataSource;
    const { TIME_ZONE } = await this.settings.current(manager);
    const pools = await this.attentionPools(member, manager, localDate(this.clock.now(), TIME_ZONE), TIME_ZONE);
    return countAttention(
      manager,
      pools.filter((pool) => poolId === null || pool.poolId === poolId),
      readable(member),
    );
  }

  /** By `customerKey`. */
  async waitingRequests(refs: readonly CustomerRef[]): Promise<Map<string, WaitingRequest>> {
    return waitingRequests(this.dataSource.manager, [...refs]);
  }

  /** In a state since local day X; N days have passed on day X + N. */
  private async attentionPools(
    member: ActingMember,
    manager: EntityManager,
    today: string,
    timeZone: string,
  ): Promise<AttentionPool[]> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    const moment = { now: this.clock.now(), zone: timeZone, calendar: await this.idleClock.calendar(manager) };
    const before = (days: number | null | undefined) =>
      days ? startOfLocalDate(addCalendarDays(today, 1 - days), timeZone) : null;
    return [...(await this.pools.all(manager)).values()]
      .filter(({ id }) => isManagerOf(actor, id))
      .map(({ id, policy }) => ({
        poolId: id,
        untouchedBefore: before(policy.untouchedDays),
        unclaimedBefore: before(policy.unclaimedDays),
        cleanUp: cleanUpBounds(id, cleanUpPolicy(policy), moment),
      }));
  }

  /** How many customers each pool has, as far as the member sees them, by pool id. */
  async counts(member: ActingMember): Promise<Map<string, { pooled: number; owned: number }>> {
    const { viewerId, viewerIsAdmin, poolsSeen } = await this.sight(member, this.dataSource.manager);
    const rows = (await this.dataSource.query(
      `SELECT c.pool_id AS id, count(*) FILTER (WHERE c.status = 'POOLED')::int AS pooled, count(*) FILTER (WHERE c.status = 'OWNED')::int AS owned
         FROM customer c
        WHERE NOT c.is_deleted AND c.pool_id IS NOT NULL AND c.object = ANY($4)
          AND ${seenCustomer({ viewerId: '$1', viewerIsAdmin: '$2', poolsSeen: '$3' })} GROUP BY c.pool_id`,
      [viewerId, viewerIsAdmin, poolsSeen, readable(member)],
    )) as { id: string; pooled: number; owned: number }[];
    return new Map(rows.map(({ id, pooled, owned }) => [id, { pooled, owned }]));
  }

  async book(member: ActingMember): Promise<ViewerBook> {
    const { manager } = this.dataSource;
    const now = this.clock.now();
    const settings = await this.settings.current(manager);
    const { context, pools } = await loadClaimFacts(manager, this.pools, settings, member, now);
    const { actor, book, memberCapacity } = context;
    const visible = [...pools.values()].filter((pool) => seesPool(actor, pool));
    const perPool = visible.map((pool): PoolUse => {
      const { holding, exempt } = book.inPool(pool.id);
      return { pool, used: holding, limit: capacityInPool(pool, actor.memberships.get(pool.id)), exempt };
    });
    return {
      managedPools: visible.filter((pool) => isManagerOf(actor, pool.id)),
      capacities: [
        ...perPool,
        {
          pool: null,
          used: book.holding(),
          limit: memberCapacity,
          exempt: perPool.reduce((sum, { exempt }) => sum + exempt, 0),
        },
      ],
      claims: visible.map((pool) => ({
        pool,
        used: book.inPool(pool.id).claims,
        limit: claimLimitInPool(pool, actor.memberships.get(pool.id)),
        resetsAt: startOfPeriod(now, settings.TIME_ZONE, pool.policy.claimLimitPeriod).end,
      })),
      today: localDate(now, settings.TIME_ZONE),
    };
  }

  /** The member's own customers by the day they fall due, today first; what is overdue is counted today. */
  async dueByDay({ memberId }: ActingMember, days: number): Promise<{ on: string; count: number }[]> {
    const { manager } = this.dataSource;
    const today = localDate(this.clock.now(), (await this.settings.current(manager)).TIME_ZONE);
    const counts = await countDueDays(manager, memberId, addCalendarDays(today, days - 1));
    const overdue = [...counts].reduce((sum, [on, count]) => (on < today ? sum + count : sum), 0);
    return Array.from({ length: days }, (_, index) => {
      const on = addCalendarDays(today, index);
      return { on, count: (counts.get(on) ?? 0) + (index === 0 ? overdue : 0) };
    });
  }

  async members(ids: (string | null)[]): Promise<Map<string, MemberEntity>> {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const rows = wanted.length === 0 ? [] : await this.dataSource.manager.findBy(MemberEntity, { id: In(wanted) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async withClaimability(
    manager: EntityManager,
    member: ActingMember,
    rows: CustomerEntity[],
  ): Promise<CustomerWithClaimability[]> {
    if (rows.length === 0) return [];
    const { context, pools } = await loadClaimFacts(
      manager,
      this.pools,
      await this.settings.current(manager),
      member,
      this.clock.now(),
    );
    const { actor } = context;
    const before = await ownedBefore(manager, member.memberId, rows);
    const seen = rows.filter((customer) =>
      seesCustomer(actor, {
        pool: pools.get(customer.poolId ?? '') ?? null,
        ownerId: customer.ownerId,
        wasActors: before.has(customerKey(customer)),
      }),
    );
    const candidates = await loadCandidates(manager, actor, seen, pools);
    const owners = await this.members(seen.map(({ ownerId }) => ownerId));
    return seen.flatMap((customer) => {
      const pool = pools.get(customer.poolId ?? '');
      const candidate = candidates.get(customerKey(customer));
      if (!pool || !customer.status) return [];
      return [
        {
          customer,
          pool,
          owner: owners.get(customer.ownerId ?? '') ?? null,
          refusal: candidate ? decideClaim(candidate, context) : refuse('NOT_FOUND'),
        },
      ];
    });
  }
}

function readable({ records }: ActingMember): readonly CustomerObject[] {
  return records?.read ?? customerObjects;
}
