import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { customerKey } from '../domain/customer';
import { revertedNotice } from '../domain/ownership/reverted-notice';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { TaskRecords } from '../twenty/task-records.service';
import { isTwentyError } from '../twenty/twenty-error';
import { localeOf } from './member-locale';

/** Tells members, by a Twenty task on the customer, what the engine did about their customers. */
@Injectable()
export class NotificationsService {
  private readonly logger = new Logger(NotificationsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tasks: TaskRecords,
  ) {}

  /**
   * Semantics section 8: when a direct edit was taken back, both people are told. A task's id follows from event and member,
   * so telling again changes nothing.
   * @throws TwentyError when it should be tried again
   */
  async tellOf(events: OwnershipEventEntity[]): Promise<void> {
    const reverted = events.filter(({ type }) => type === 'REVERTED');
    if (reverted.length === 0) return;
    const memberIds = reverted.flatMap(({ fromId, toId }) => [fromId, toId]).filter((id) => id !== null);
    const members = new Map((await this.dataSource.manager.findBy(MemberEntity, { id: In(memberIds) })).map((member) => [member.id, member]));
    const customers = new Map(
      (await this.dataSource.manager.findBy(CustomerEntity, { recordId: In(reverted.map(({ recordId }) => recordId)) })).map((row) => [customerKey(row), row]),
    );
    for (const event of reverted) {
      for (const memberId of new Set([event.fromId, event.toId])) {
        const member = members.get(memberId ?? '');
        if (member && member.removedAt === null) await this.tell(event, member, customers.get(customerKey(event))?.name ?? null);
      }
    }
  }

  private async tell(event: OwnershipEventEntity, member: MemberEntity, customerName: string | null): Promise<void> {
    const { title, body } = revertedNotice({ customerName, ownerName: event.toName, editedToName: event.fromName }, localeOf(member));
    try {
      await this.tasks.create(
        { id: uuidFromName(`reverted:${member.id}`, event.id), title, body, assigneeId: member.id, dueAt: event.at, targets: [event] },
        { priority: 'background' },
      );
    } catch (error) {
      // A notice that Twenty will never take must not hold up the history.
      if (!isTwentyError(error) || error.retryable) throw error;
      this.logger.warn({ kind: error.kind, code: error.code, eventId: event.id }, 'A member could not be told of a reverted edit');
    }
  }
}
