import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { addCalendarDays, daysBetween, localDate, startOfLocalDate, weekdayOf } from '../domain/calendar/local-days';
import type { WorkingCalendar } from '../domain/calendar/working-calendar';
import { cleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { cleanUpPolicy } from '../domain/clean-up/clean-up.types';
import type { Pool } from '../domain/pool/pool-policy';
import { MOST_LISTED } from '../domain/reminders/digest-text';
import type { ReminderAudience } from '../domain/reminders/digest.types';
import { reachedLead } from '../domain/reminders/reached-lead';
import { calendarOf, calendarSettings } from '../idle-clock';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { requireIndex } from '../storage/engine-lock';
import { ReminderDigestEntity } from '../storage/entities/reminder-digest.entity';
import { inTransaction } from '../storage/transaction';
import {
  insertNotice,
  managersToNotify,
  noticed,
  type Noticed,
  type NoticeKey,
  type NoticeRequest,
} from './notice.queries';
import {
  candidatesOf,
  insertReminders,
  membersToRemind,
  type NewReminder,
  type ReminderScope,
  reviseDigests,
  supersedeReminders,
} from './reminder.queries';

interface Day {
  now: string;
  /** Local date. */
  today: string;
  timeZone: string;
  calendar: WorkingCalendar;
}

interface Notice {
  key: NoticeKey;
  content: Noticed & { days: number };
  managers: string[];
}

interface Recipient {
  memberId: string;
  audience: ReminderAudience;
  notices: Notice[];
}

/**
 * Decides who is told what, and stores it: a digest and its reminders in one transaction, before anybody is told. So dying at
 * any step loses none and, by the keys of the tables, doubles none.
 */
@Injectable()
export class DigestMaker {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** docs/semantics.md#lead-days: one digest per owner per run, and one for each manager. @returns how many were made */
  async make(): Promise<number> {
    const { manager } = this.dataSource;
    const settings = await this.settings.current();
    // Without a channel nobody is reminded; so nobody counts as reminded when there is one again.
    if (settings.REMINDER_CHANNELS.length === 0) return 0;
    const now = this.clock.now();
    const day = {
      now,
      today: localDate(now, settings.TIME_ZONE),
      timeZone: settings.TIME_ZONE,
      calendar: calendarOf(calendarSettings(settings)),
    };
    const pools = [...(await this.pools.all()).values()].filter(({ policy }) => policy.isActive);
    const scopes = { OWNER: ownerScope(pools, day), MANAGER: managerScope(pools, day) };
    const notices = await dueNotices(manager, pools, day);

    const owners = await membersToRemind(manager, scopes.OWNER);
    const managers = new Set([
      ...(await membersToRemind(manager, scopes.MANAGER)),
      ...notices.flatMap((notice) => notice.managers),
    ]);
    const recipients: Recipient[] = [
      ...owners.map((memberId) => ({ memberId, audience: 'OWNER' as const, notices: [] })),
      ...[...managers].sort().map((memberId) => ({
        memberId,
        audience: 'MANAGER' as const,
        notices: notices.filter((notice) => notice.managers.includes(memberId)),
      })),
    ];
    let made = 0;
    for (const recipient of recipients) {
      if (
        await inTransaction(this.dataSource, (transaction) =>
          makeDigest(transaction, recipient, scopes[recipient.audience], day),
        )
      )
        made += 1;
    }
    return made;
  }
}

async function makeDigest(
  manager: EntityManager,
  { memberId, audience, notices }: Recipient,
  scope: ReminderScope,
  { now, today }: Day,
): Promise<boolean> {
  await requireIndex(manager);
  const digest = { id: randomUUID(), memberId, audience };
  const reminders = remindersOf(await candidatesOf(manager, memberId, scope), scope);
  let count = reminders.length > 0 ? await insertReminders(manager, digest, reminders) : 0;
  for (const { key, content } of notices) if (await insertNotice(manager, digest, key, content)) count += 1;
  if (count === 0) return false;
  await reviseDigests(manager, await supersedeReminders(manager, digest, now));
  await manager.insert(ReminderDigestEntity, {
    ...digest,
    runOn: today,
    createdAt: now,
    sentAt: null,
    closedAt: null,
    channels: {},
    failures: {},
    revision: 1,
    toldRevision: 0,
  });
  return true;
}

function remindersOf(
  candidates: Awaited<ReturnType<typeof candidatesOf>>,
  { pools, today }: ReminderScope,
): NewReminder[] {
  const leads = new Map(pools.map((pool) => [pool.poolId, pool.leads]));
  return candidates.flatMap(({ object, recordId, poolId, reclaimOn, told }) => {
    const reached = reachedLead({ daysLeft: daysBetween(today, reclaimOn), leads: leads.get(poolId) ?? [], told });
    return (reached?.covered ?? []).map((leadDays) => ({ object, recordId, reclaimOn, leadDays }));
  });
}

function ownerScope(pools: Pool[], { today }: Day): ReminderScope {
  return {
    audience: 'OWNER',
    today,
    pools: pools.map(({ id, policy }) => ({ poolId: id, leads: policy.reminderLeadDays })),
  };
}

function managerScope(pools: Pool[], { today }: Day): ReminderScope {
  return {
    audience: 'MANAGER',
    today,
    pools: pools.flatMap(({ id, policy }) =>
      policy.escalateAtDays ? [{ poolId: id, leads: [policy.escalateAtDays] }] : [],
    ),
  };
}

/** Managers are told of a pool once a local week: at the first run of the week in which there is anything to tell. */
async function dueNotices(manager: EntityManager, pools: Pool[], day: Day): Promise<Notice[]> {
  const weekOn = addCalendarDays(day.today, 1 - weekdayOf(day.today));
  const notices: Notice[] = [];
  for (const pool of pools) {
    for (const { kind, days, ...question } of [...unattended(pool, day), ...toCleanUp(pool, day)]) {
      const key = { poolId: pool.id, kind, weekOn };
      const managers = await managersToNotify(manager, key);
      if (managers.length === 0) continue;
      const content = await noticed(manager, { poolId: pool.id, kind, limit: MOST_LISTED, ...question });
      if (content.total > 0) notices.push({ key, content: { ...content, days }, managers });
    }
  }
  return notices;
}

/** What to ask a pool for, and the number of its policy that says so. */
type Question = Pick<NoticeRequest, 'kind' | 'before' | 'cleanUp'> & { days: number };

/** docs/semantics.md#managers-digest. */
function unattended({ policy }: Pool, { today, timeZone }: Day): Question[] {
  // In that state since local day X; N days have passed on day X + N.
  const before = (days: number) => startOfLocalDate(addCalendarDays(today, 1 - days), timeZone);
  return [
    ...(policy.unclaimedDays
      ? [{ kind: 'UNCLAIMED' as const, days: policy.unclaimedDays, before: before(policy.unclaimedDays) }]
      : []),
    ...(policy.untouchedDays
      ? [{ kind: 'UNTOUCHED' as const, days: policy.untouchedDays, before: before(policy.untouchedDays) }]
      : []),
  ];
}

/** docs/semantics.md#clean-up: what is not archived is listed. */
function toCleanUp({ id, policy }: Pool, { now, timeZone: zone, calendar }: Day): Question[] {
  const rules = cleanUpPolicy(policy);
  const { staleDays, maxReturns } = rules;
  if (rules.staleAction !== 'LIST') return [];
  const bounds = cleanUpBounds(id, rules, { now, zone, calendar });
  const { staleBefore, returnedBefore } = bounds;
  return [
    ...(staleDays !== null && staleBefore !== null
      ? [{ kind: 'STALE' as const, days: staleDays, before: staleBefore, cleanUp: { ...bounds, maxReturns: null } }]
      : []),
    ...(maxReturns !== null && returnedBefore !== null
      ? [
          {
            kind: 'RETURNED_TOO_OFTEN' as const,
            days: maxReturns,
            before: returnedBefore,
            cleanUp: { ...bounds, staleBefore: null },
          },
        ]
      : []),
  ];
}
