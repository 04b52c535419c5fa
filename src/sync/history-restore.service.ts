import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryDeepPartialEntity } from 'typeorm';
import { Clock } from '../config/clock';
import { restoreHolds } from '../changes';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { whenAlone } from '../storage/exclusive';
import { OwnershipEventRecords } from '../twenty/records/ownership-event-records.service';
import type { OwnershipEventRecord } from '../twenty/records/twenty.types';
import { markRead } from './sync-cursor.queries';

/** The way back of the mirror: a new index gets its history from Twenty. */
@Injectable()
export class HistoryRestore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly records: OwnershipEventRecords,
    private readonly clock: Clock,
  ) {}

  /** All or nothing, so that a history is never half there. @throws TwentyError */
  async restore(): Promise<void> {
    await whenAlone(this.dataSource, 'restore history', async () => {
      const startedAt = this.clock.now();
      const events: OwnershipEventRecord[] = [];
      await this.records.readAll((page) => void events.push(...page), { priority: 'background' });
      events.sort((a, b) => a.happenedAt.localeCompare(b.happenedAt) || a.id.localeCompare(b.id));
      await this.dataSource.transaction(async (manager) => {
        await insertEvents(
          manager,
          events.flatMap((event) => toRow(event, startedAt)),
        );
        await restoreHolds(manager);
        await markRead(manager, 'history', startedAt);
      });
    });
  }
}

const rowsPerInsert = 500;

async function insertEvents(
  manager: EntityManager,
  rows: QueryDeepPartialEntity<OwnershipEventEntity>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(OwnershipEventEntity)
      .values(rows.slice(start, start + rowsPerInsert))
      .orIgnore()
      .updateEntity(false)
      .execute();
  }
}

/** An event whose record is not known even by id says nothing about anybody. */
function toRow(event: OwnershipEventRecord, mirroredAt: string): QueryDeepPartialEntity<OwnershipEventEntity>[] {
  if (!event.recordId) return [];
  return [
    {
      id: event.id,
      state: 'CONFIRMED',
      type: event.eventType,
      object: event.object,
      recordId: event.recordId,
      fromId: event.fromMemberId,
      fromName: event.fromName,
      toId: event.toMemberId,
      toName: event.toName,
      actorId: event.actorMemberId,
      actorName: event.actorName,
      isSystem: event.isSystem,
      poolId: event.customerPoolId,
      reason: event.reason,
      note: event.note,
      rule: event.rule,
      facts: event.facts as QueryDeepPartialEntity<OwnershipEventEntity>['facts'],
      batchId: event.batchId,
      at: event.happenedAt,
      mirroredAt,
    },
  ];
}
