import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustomerObject } from '../domain/customer/customer';
import type { ActingMember } from '../domain/customer/acting-member';
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
  constructor(private readonly dataSource: DataSource) {}

  /** @param after the `endCursor` of the page before */
  async page(member: ActingMember, filter: HistoryFilter, first: number, after: string | null): Promise<HistoryPage> {
    const query = this.dataSource.manager.createQueryBuilder(OwnershipEventEntity, 'e').where(`e.state = 'CONFIRMED'`);
    if (member.records) query.andWhere('e.object = ANY(:readable)', { readable: member.records.read });
    if (filter.object) query.andWhere('e.object = :object', { object: filter.object });
    if (filter.recordId) query.andWhere('e.recordId = :recordId', { recordId: filter.recordId });
    if (filter.batchId) query.andWhere('e.batchId = :batchId', { batchId: filter.batchId });
    if (filter.memberId)
      query.andWhere('(e.fromId = :memberId OR e.toId = :memberId OR e.actorId = :memberId)', {
        memberId: filter.memberId,
      });
    if (filter.poolId) query.andWhere('e.poolId = :poolId', { poolId: filter.poolId });
    if (filter.since) query.andWhere('e.at >= :since', { since: filter.since });
    if (filter.until) query.andWhere('e.at < :until', { until: filter.until });
    if (after !== null) query.andWhere('e.seq < :after', { after });
    const rows = await query
      .orderBy('e.seq', 'DESC')
      .take(first + 1)
      .getMany();
    const events = rows.slice(0, first);
    return { events, endCursor: events.at(-1)?.seq ?? null, hasNextPage: rows.length > first };
  }
}
