import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { startOfLocalDate } from '../domain/calendar/local-days';
import type { CustomerRef } from '../domain/customer/customer';
import { digestText } from '../domain/reminders/digest-text';
import type { Digest, DigestNotice, ReminderWebhook } from '../domain/reminders/digest.types';
import { SettingsService } from '../settings/settings.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { MemberEntity } from '../storage/entities/member.entity';
import { ReminderDigestEntity } from '../storage/entities/reminder-digest.entity';
import { TaskRecords } from '../twenty/records/task-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { droppedFrom, entriesOf, noteClosed, noteDelivered, noteFailed, noteTold } from './digest.queries';
import { localeOf } from './member-locale';
import { noticeRows } from './notice.queries';
import { digestsToTell } from './reminder.queries';
import { taskMarkdown } from './task-markdown';
import { webhookMessage } from './webhook-message';
import { WebhookError, WebhookSender } from './webhook-sender.service';

const taskChannel = 'TASK';
const firstRetryMs = 5 * 60_000;
const longestRetryMs = 6 * 3_600_000;
const background = { priority: 'background' } as const;

/** A digest with everything it takes to tell it. */
interface Telling {
  row: ReminderDigestEntity;
  member: MemberEntity;
  digest: Digest;
}

/** Tells digests by the channels of the workspace, corrects those that have changed, and closes those that hold no more. */
@Injectable()
export class DigestTeller {
  private readonly logger = new Logger(DigestTeller.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SettingsService,
    private readonly tasks: TaskRecords,
    private readonly webhooks: WebhookSender,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError when Twenty is away; what is left is told at the next turn */
  async tellAll(): Promise<void> {
    const settings = await this.settings.current();
    const digests = await digestsToTell(this.dataSource.manager);
    await this.close(digests.filter(({ isLive }) => !isLive).map(({ id }) => id));
    for (const { id } of digests.filter(({ isLive }) => isLive)) {
      const telling = await this.read(id);
      if (telling) await this.tell(telling, settings);
    }
  }

  /** Closing what was never told, or is not there, does no harm; so nobody needs to know how far a dead engine came. */
  private async close(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.tasks.close(ids, background);
    await noteClosed(this.dataSource.manager, ids, this.clock.now());
  }

  private async read(id: string): Promise<Telling | null> {
    const { manager } = this.dataSource;
    const row = await manager.findOneBy(ReminderDigestEntity, { id });
    const member = row && (await manager.findOneBy(MemberEntity, { id: row.memberId }));
    if (!row || !member) return null;
    const notices = new Map<string, DigestNotice>();
    for (const { poolId, poolName, kind, days, total, ...customer } of await noticeRows(manager, id)) {
      const notice = notices.get(`${poolId} ${kind}`) ?? { kind, poolName, days, total, customers: [] };
      notices.set(`${poolId} ${kind}`, notice);
      notice.customers.push(customer);
    }
    return {
      row,
      member,
      digest: {
        audience: row.audience,
        memberName: member.name,
        entries: await entriesOf(manager, id),
        notices: [...notices.values()],
      },
    };
  }

  private async tell(telling: Telling, settings: WorkspaceSettings): Promise<void> {
    const { row } = telling;
    const channels = new Map<string, () => Promise<void>>();
    if (settings.REMINDER_CHANNELS.includes('TASK'))
      channels.set(taskChannel, () => this.createTask(telling, settings));
    if (settings.REMINDER_CHANNELS.includes('WEBHOOK')) {
      for (const webhook of settings.REMINDER_WEBHOOKS)
        channels.set(channelOf(webhook), () => this.post(telling, webhook));
    }
    if (row.channels[taskChannel] && row.revision > row.toldRevision) await this.changeTask(telling, settings);
    let isSent = true;
    for (const [channel, deliver] of row.sentAt ? [] : channels) {
      if (!row.channels[channel] && !(await this.attempt(row, channel, deliver))) isSent = false;
    }
    await noteTold(this.dataSource.manager, row.id, row.revision, isSent ? this.clock.now() : null);
  }

  /** @returns whether it was delivered */
  private async attempt(row: ReminderDigestEntity, channel: string, deliver: () => Promise<void>): Promise<boolean> {
    const failed = row.failures[channel];
    if (failed && failed.nextAt > this.clock.now()) return false;
    try {
      await deliver();
    } catch (error) {
      const code = permanentCode(error);
      if (code === null) throw error;
      const attempts = (failed?.attempts ?? 0) + 1;
      const pauseMs = Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs);
      await noteFailed(this.dataSource.manager, row.id, channel, {
        attempts,
        code,
        nextAt: new Date(Date.parse(this.clock.now()) + pauseMs).toISOString(),
      });
      this.logger.warn(
        { digestId: row.id, channel, code, attempts },
        'A reminder could not be delivered; it is tried again',
      );
      return false;
    }
    await noteDelivered(this.dataSource.manager, row.id, channel, this.clock.now());
    return true;
  }

  private async createTask({ row, member, digest }: Telling, settings: WorkspaceSettings): Promise<void> {
    const { title, body, dueAt } = taskOf(row, member, digest, settings);
    await this.tasks.create(
      { id: row.id, title, body, dueAt, assigneeId: row.memberId, targets: customersOf(digest) },
      background,
    );
  }

  private async changeTask({ row, member, digest }: Telling, settings: WorkspaceSettings): Promise<void> {
    await this.tasks.change(
      {
        id: row.id,
        ...taskOf(row, member, digest, settings),
        without: await droppedFrom(this.dataSource.manager, row.id),
      },
      background,
    );
  }

  private async post({ row, member, digest }: Telling, webhook: ReminderWebhook): Promise<void> {
    const content = {
      digestId: row.id,
      memberId: row.memberId,
      createdAt: row.createdAt,
      digest,
      locale: localeOf(member),
    };
    await this.webhooks.post(webhook.kind, webhookMessage(webhook, content, Date.now()));
  }
}

function taskOf(row: ReminderDigestEntity, member: MemberEntity, digest: Digest, { TIME_ZONE }: WorkspaceSettings) {
  const locale = localeOf(member);
  return {
    title: digestText(digest, locale).title,
    body: taskMarkdown(digest, locale),
    dueAt: startOfLocalDate(digest.entries[0]?.reclaimOn ?? row.runOn, TIME_ZONE),
  };
}

/** Each once: an escalated customer may be untouched as well. */
function customersOf({ entries, notices }: Digest): CustomerRef[] {
  const all = [...entries, ...notices.flatMap(({ customers }) => customers)];
  return [...new Map(all.map(({ object, recordId }) => [recordId, { object, recordId }])).values()];
}

/** The address itself is a secret, so it is not what deliveries are remembered by. */
function channelOf({ kind, url }: ReminderWebhook): string {
  return `WEBHOOK:${createHash('sha256').update(`${kind} ${url}`).digest('hex').slice(0, 16)}`;
}

/** @returns null when it is not this digest's fault but Twenty's, or ours */
function permanentCode(error: unknown): string | null {
  if (error instanceof WebhookError) return error.code;
  return isTwentyError(error) && !error.retryable ? error.kind : null;
}
