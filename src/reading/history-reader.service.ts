import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readCustomers } from '../changes';
import { type CustomerObject, customerKey, type CustomerRef } from '../domain/customer/customer';
import type { ActingMember } from '../domain/customer/acting-member';
import type { Actor, Pool } from '../domain/pool/pool-policy';
import { toldFacts } from '../domain/pool/told-facts';
import { isOrWasActors, seesCustomer, type Sighted } from '../domain/pool/visibility';
import {
  customersPool,
  eventsCustomer,
  namedSight,
  ownedBefore,
  seenEvent,
  type Sight,
  sightOf,
  viewersOwn,
} from '../pools';
import { PoolsService } from '../pools/pools.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { PoolEntity } from '../storage/entities/pool.entity';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';

export interface HistoryFilter {
  object?: CustomerObject | null;
  recordId?: string | null;
  /** From, to or actor. */
  memberId?: string | null;
  batchId?: string | null;
  /** The customer's pool as the event left it. */
  poolId?: string | null;
  /** ISO instants; `since` is included, `until` is not. */
  since?: string | null;
  until?: string | null;
}

export interface HistoryPage {
  events: OwnershipEventEntity[];
  endCursor: string | null;
  hasNextPage: boolean;
}

/** The history, newest first. What Twenty has not confirmed yet is not history. */
@Injectable()
export class HistoryReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
  ) {}

  /**
   * What the member sees of it; see docs/decisions/visibility.md.
   * @param after the `endCursor` of the page before
   */
  async page(member: ActingMember, filter: HistoryFilter, first: number, after: string | null): Promise<HistoryPage> {
    const pools = await this.pools.all();
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    const sight = sightOf(actor, pools.values());
    const query = this.dataSource.manager
      .createQueryBuilder(OwnershipEventEntity, 'e')
      .leftJoin(CustomerEntity, 'c', eventsCustomer)
      .leftJoin(PoolEntity, 'home', customersPool)
      .where(`e.state = 'CONFIRMED'`)
      .andWhere(seenEvent(namedSight), sight);
    if (member.records) query.andWhere('e.object = ANY(:readable)', { readable: member.records.read });
    if (filter.object) query.andWhere('e.object = :object', { object: filter.object });
    if (filter.recordId) query.andWhere('e.recordId = :recordId', { recordId: filter.recordId });
    if (filter.batchId) query.andWhere('e.batchId = :batchId', { batchId: filter.batchId });
    if (filter.memberId)
      query.andWhere('(e.fromId = :memberId OR e.toId = :memberId OR e.actorId = :memberId)', {
        memberId: filter.memberId,
      });
    if (filter.poolId) {
      query.andWhere('e.poolId = :poolId', { poolId: filter.poolId });
      // Elsewhere lines of a pool that is not seen do not say that they are of it.
      if (!sees(sight, filter.poolId)) query.andWhere(viewersOwn(namedSight, 'e'));
    }
    if (filter.since) query.andWhere('e.at >= :since', { since: filter.since });
    if (filter.until) query.andWhere('e.at < :until', { until: filter.until });
    if (after !== null) query.andWhere('e.seq < :after', { after });
    const rows = await query
      .orderBy('e.seq', 'DESC')
      .limit(first + 1)
      .getMany();
    const events = await this.told(actor, sight, pools, rows.slice(0, first));
    return { events, endCursor: events.at(-1)?.seq ?? null, hasNextPage: rows.length > first };
  }
  /** Without what they say of pools and companies that the reader does not see. */
  private async told(
    actor: Actor,
    sight: Sight,
    pools: Map<string, Pool>,
    events: OwnershipEventEntity[],
  ): Promise<OwnershipEventEntity[]> {
    if (sight.viewerIsAdmin || events.length === 0) return events;
    const companies = events.flatMap(({ facts }) => companyRef(facts?.['followedCompany']));
    const refs = [...events, ...companies];
    const { manager } = this.dataSource;
    const rows = await readCustomers(manager, refs);
    const before = await ownedBefore(manager, actor.memberId, refs);
    const sighted = (ref: CustomerRef): Sighted => {
      const row = rows.get(customerKey(ref));
      return {
        pool: pools.get(row?.poolId ?? '') ?? null,
        ownerId: row?.ownerId ?? null,
        wasActors: before.has(customerKey(ref)),
      };
    };
    return events.map((event) => {
      const isMine = isOrWasActors(actor, sighted(event));
      const seesPool = (poolId: string) => isMine || sees(sight, poolId);
      const knowsPool = event.poolId === null || seesPool(event.poolId);
      const seesCompany = (recordId: string) => seesCustomer(actor, sighted({ object: 'COMPANY', recordId }));
      const facts = toldFacts(event.facts, { knowsPool, seesPool, seesCompany });
      return Object.assign(new OwnershipEventEntity(), event, { facts, poolId: knowsPool ? event.poolId : null });
    });
  }
}

function sees({ poolsSeen }: Sight, poolId: string): boolean {
  return poolsSeen.includes(poolId.toLowerCase());
}

function companyRef(recordId: unknown): CustomerRef[] {
  return typeof recordId === 'string' ? [{ object: 'COMPANY', recordId }] : [];
}
