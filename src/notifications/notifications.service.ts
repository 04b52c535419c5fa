import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { customerKey } from '../domain/customer/customer';
import { revertedNotice } from '../domain/customer/reverted-notice';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { TaskRecords } from '../twenty/records/task-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { localeOf } from './member-locale';
import { moreTimeNotices, settledRequestTasks } from './more-time-notices';
import type { Notice } from './notice';
import { asTyped } from './task-markdown';

/** Tells members, by a Twenty task on the customer, what the engine did about their customers. */
@Injectable()
export class NotificationsService {
  private readonly logger = new Logger(NotificationsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tasks: TaskRecords,
  ) {}

  /** A task's id follows from event and member, so telling again changes nothing. @throws TwentyError when it should be tried again */
  async tellOf(events: OwnershipEventEntity[]): Promise<void> {
    const { manager } = this.dataSource;
    const notices = [...revertedNotices(events), ...(await moreTimeNotices(manager, events))];
    const members = new Map(
      (await manager.findBy(MemberEntity, { id: In(notices.map(({ memberId }) => memberId)) })).map((member) => [
        member.id,
        member,
      ]),
    );
    const customers = new Map(
      (await manager.findBy(CustomerEntity, { recordId: In(notices.map(({ event }) => event.recordId)) })).map(
        (row) => [customerKey(row), row],
      ),
    );
    for (const notice of notices) {
      const member = members.get(notice.memberId);
      if (member && member.removedAt === null)
        await this.tell(notice, member, customers.get(customerKey(notice.event))?.name ?? null);
    }
    const settled = await settledRequestTasks(manager, events);
    if (settled.length > 0)
      await this.orLog('Tasks could not be closed', () => this.tasks.close(settled, { priority: 'background' }));
  }

  private async tell(
    { event, taskId, dueAt, text }: Notice,
    member: MemberEntity,
    customerName: string | null,
  ): Promise<void> {
    const { title, body } = text(customerName, localeOf(member));
    const task = {
      id: taskId,
      title,
      body: asTyped(body),
      assigneeId: member.id,
      dueAt,
      targets: [event],
    };
    await this.orLog(
      'A member could not be told of an event',
      () => this.tasks.create(task, { priority: 'background' }),
      event.id,
    );
  }

  /** What Twenty will never take must not hold up the history. */
  private async orLog(message: string, work: () => Promise<void>, eventId?: string): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isTwentyError(error) || error.retryable) throw error;
      this.logger.warn({ kind: error.kind, code: error.code, eventId }, message);
    }
  }
}

/** docs/semantics.md#direct-edits: when a direct edit was taken back, both people are told. */
function revertedNotices(events: OwnershipEventEntity[]): Notice[] {
  return events
    .filter(({ type }) => type === 'REVERTED')
    .flatMap((event) =>
      [...new Set([event.fromId, event.toId])]
        .filter((id) => id !== null)
        .map((memberId): Notice => ({
          event,
          memberId,
          taskId: uuidFromName(`reverted:${memberId}`, event.id),
          dueAt: event.at,
          text: (customerName, locale) =>
            revertedNotice({ customerName, ownerName: event.toName, editedToName: event.fromName }, locale),
        })),
    );
}
