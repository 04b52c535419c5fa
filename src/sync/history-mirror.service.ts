import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { whenAlone } from '../storage/exclusive';
import { OwnershipEventRecords } from '../twenty/records/ownership-event-records.service';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import type { OwnershipEventRecord } from '../twenty/records/twenty.types';
import { NotificationsService } from '../notifications/notifications.service';

/**
 * Copies confirmed events to Twenty, in their order. Twenty takes them by the engine's event id, so dying between the copy
 * and the note of it doubles nothing.
 */
@Injectable()
export class HistoryMirror {
  private readonly logger = new Logger(HistoryMirror.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: OwnershipEventRecords,
    private readonly notifications: NotificationsService,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were copied; 0 also while another instance is at it @throws TwentyError */
  @Job('mirror-events')
  async mirror(): Promise<number> {
    return (await whenAlone(this.dataSource, 'mirror history', () => this.copyAll())) ?? 0;
  }

  private async copyAll(): Promise<number> {
    let copied = 0;
    for (;;) {
      const events = await this.dataSource.manager.find(OwnershipEventEntity, {
        where: { state: 'CONFIRMED', mirroredAt: IsNull() },
        order: { seq: 'ASC' },
        take: TWENTY_BATCH,
      });
      if (events.length === 0) return copied;
      await this.records.upsert(events.map(toRecord), { priority: 'background' });
      await this.notifications.tellOf(events);
      await this.dataSource.manager.update(
        OwnershipEventEntity,
        { id: In(events.map(({ id }) => id)) },
        { mirroredAt: this.clock.now() },
      );
      copied += events.length;
      this.logger.debug({ events: events.length }, 'Copied history to Twenty');
    }
  }
}

function toRecord(event: OwnershipEventEntity): OwnershipEventRecord {
  return {
    id: event.id,
    engineId: event.id,
    eventType: event.type,
    object: event.object,
    recordId: event.recordId,
    fromMemberId: event.fromId,
    toMemberId: event.toId,
    actorMemberId: event.actorId,
    fromName: event.fromName,
    toName: event.toName,
    actorName: event.actorName,
    isSystem: event.isSystem,
    customerPoolId: event.poolId,
    reason: event.reason,
    note: event.note,
    rule: event.rule,
    facts: event.facts,
    batchId: event.batchId,
    happenedAt: event.at,
  };
}
