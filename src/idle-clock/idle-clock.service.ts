import { Injectable } from '@nestjs/common';
import { In, MoreThan, type EntityManager } from 'typeorm';
import { localDate } from '../domain/calendar/local-days';
import type { WorkingCalendar } from '../domain/calendar/working-calendar';
import type { CustomerObject, CustomerRef } from '../domain/customer/customer';
import { applyOverrides } from '../domain/idle-clock/apply-overrides';
import type { ClockExplanation, ClockPolicy, Hold, PolicyChange } from '../domain/idle-clock/clock.types';
import { explainClock } from '../domain/idle-clock/explain-clock';
import { concerns } from '../domain/custody/hold-history';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { HoldEntity } from '../storage/entities/hold.entity';
import { MemberLeaveEntity } from '../storage/entities/member-leave.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import { PolicyVersionEntity } from '../storage/entities/policy-version.entity';
import { calendarOf, calendarSettings } from './calendars';
import { gatherFacts, type GatheredFacts } from './clock-facts.queries';
import { clockPolicy } from './policy-versions.service';

/** A customer as the clock looks at it; as it is, or as it would be after a change. */
export interface ClockSubject {
  object: CustomerObject;
  recordId: string;
  poolId: string;
  ownerId: string;
  /** ISO instant. */
  ownedSince: string;
  isLocked: boolean;
  protectedUntil: string | null;
  overrideId: string | null;
  afterDates: Record<string, string | null>;
}

export interface ClockReading {
  explanation: ClockExplanation;
  facts: GatheredFacts;
  /** Local date of the last activity. */
  lastActivityOn: string | null;
}

/** Numbers that are to be tried instead of those in force, by pool. */
export type TrialPolicies = ReadonlyMap<string, ClockPolicy>;

interface Versions {
  current: ClockPolicy;
  overrides: PolicyVersionEntity['overrides'];
  /** Oldest first; each with what was in force before it. */
  edits: { at: string; former: PolicyVersionEntity | null }[];
}

/** Grace is ten years at most, like every other number of days; older edits move nothing. */
const longestGraceMs = 3650 * 86_400_000;

const noFacts: GatheredFacts = {
  lastActivityAt: null,
  lastActivityKind: null,
  lastActivityBy: null,
  lastOpportunityAt: null,
  lastWonAt: null,
  isWon: false,
  hasOpenOpportunity: false,
  planDueAt: null,
};

/**
 * docs/semantics.md#3-the-idle-clock, on what the index knows: gathers the facts and asks the pure function. Writes
 * nothing.
 */
@Injectable()
export class IdleClock {
  constructor(
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /**
   * @param trial policies to try out, as if saved at `now`
   * @returns by record id
   */
  async read(
    manager: EntityManager,
    subjects: ClockSubject[],
    now: string,
    trial?: TrialPolicies,
  ): Promise<Map<string, ClockReading>> {
    if (subjects.length === 0) return new Map();
    const settings = await this.settings.current(manager);
    const facts = await gatherFacts(manager, subjects, settings, now);
    const versions = await this.versions(manager, [...new Set(subjects.map(({ poolId }) => poolId))], now, trial);
    const holds = await holdsOf(manager, subjects);
    const names = await namesOf(
      manager,
      [...facts.values()].map(({ lastActivityBy }) => lastActivityBy),
    );
    const calendar = calendarOf(calendarSettings(settings));
    const readings = new Map<string, ClockReading>();
    for (const subject of subjects) {
      const known = facts.get(subject.recordId);
      const version = versions.get(subject.poolId);
      if (!known || !version) continue;
      const explanation = explainClock({
        facts: {
          ownedSince: subject.ownedSince,
          lastActivity:
            known.lastActivityAt && known.lastActivityKind
              ? {
                  at: known.lastActivityAt,
                  what: known.lastActivityKind,
                  by: names.get(known.lastActivityBy ?? '') ?? null,
                }
              : null,
          lastOpportunityCreatedAt: known.lastOpportunityAt,
          lastWonAt: known.lastWonAt,
          isWon: known.isWon,
          hasOpenOpportunity: known.hasOpenOpportunity,
          protectedUntil: subject.protectedUntil,
          isLocked: subject.isLocked,
          afterDates: subject.afterDates,
        },
        policy: effective(version.current, version.overrides, subject.overrideId),
        calendar,
        zone: settings.TIME_ZONE,
        now,
        changes: changesFor(subject, version),
        holds: holds.get(subject.recordId) ?? [],
        plan: known.planDueAt ? { dueAt: known.planDueAt } : null,
      });
      readings.set(subject.recordId, {
        explanation,
        facts: known,
        lastActivityOn: known.lastActivityAt && localDate(known.lastActivityAt, settings.TIME_ZONE),
      });
    }
    return readings;
  }

  /** Whether customers that nobody owns are won, or have an open opportunity; they have no clock. @returns by record id */
  async deals(manager: EntityManager, customers: CustomerRef[], now: string): Promise<Map<string, GatheredFacts>> {
    if (customers.length === 0) return new Map();
    const requests = customers.map(({ object, recordId }) => ({ object, recordId, ownerId: null }));
    const facts = await gatherFacts(manager, requests, await this.settings.current(manager), now);
    return new Map(
      [...facts].map(([id, { isWon, hasOpenOpportunity }]) => [id, { ...noFacts, isWon, hasOpenOpportunity }]),
    );
  }

  async settingsNow(manager: EntityManager): Promise<WorkspaceSettings> {
    return this.settings.current(manager);
  }

  /** The working calendar in force. */
  async calendar(manager: EntityManager): Promise<WorkingCalendar> {
    return calendarOf(calendarSettings(await this.settings.current(manager)));
  }

  private async versions(
    manager: EntityManager,
    poolIds: string[],
    now: string,
    trial?: TrialPolicies,
  ): Promise<Map<string, Versions>> {
    const since = new Date(Date.parse(now) - longestGraceMs).toISOString();
    const rows = await manager.find(PolicyVersionEntity, {
      where: { poolId: In(poolIds), at: MoreThan(since) },
      order: { id: 'ASC' },
    });
    const all = await this.pools.all(manager);
    return new Map(
      poolIds.flatMap((poolId) => {
        const pool = all.get(poolId);
        if (!pool) return [];
        const own = rows.filter((row) => row.poolId === poolId);
        const last = own.at(-1) ?? null;
        const current = clockPolicy(pool.policy);
        const edits = own.map((row, index) => ({ at: row.at, former: own[index - 1] ?? null }));
        const tried = trial?.get(poolId);
        return [
          [
            poolId,
            {
              current: tried ?? current,
              overrides: last?.overrides ?? [],
              edits: tried ? [...edits, { at: now, former: last }] : edits,
            },
          ] as const,
        ];
      }),
    );
  }
}

/** Grace is for those who owned the customer at the edit. */
function changesFor(subject: ClockSubject, { edits }: Versions): PolicyChange[] {
  return edits
    .filter(({ at }) => at > subject.ownedSince)
    .map(({ at, former }) => ({
      at,
      former: former && {
        policy: effective(former.policy, former.overrides, subject.overrideId),
        calendar: calendarOf(former.calendar),
      },
    }));
}

function effective(
  policy: ClockPolicy,
  overrides: PolicyVersionEntity['overrides'],
  overrideId: string | null,
): ClockPolicy {
  if (!overrideId) return policy;
  const match = overrides.find(({ id }) => id === overrideId);
  if (!match) return policy;
  const { afterDateField, ...numbers } = match.numbers;
  const applied = applyOverrides(
    policy,
    [{ id: match.id, priority: match.priority, ...numbers }],
    new Set([overrideId]),
  ).policy;
  return afterDateField ? { ...applied, afterDateField } : applied;
}

/** A customer's own holds, and the leave of whoever owns it. */
async function holdsOf(manager: EntityManager, subjects: ClockSubject[]): Promise<Map<string, Hold[]>> {
  const own = await manager.find(HoldEntity, {
    where: { recordId: In(subjects.map(({ recordId }) => recordId)), state: In(['ACTIVE', 'WAITING']) },
  });
  const leaves = await manager.find(MemberLeaveEntity, {
    where: { memberId: In([...new Set(subjects.map(({ ownerId }) => ownerId))]) },
  });
  return new Map(
    subjects.map((subject) => [
      subject.recordId,
      [
        ...own.filter((hold) => hold.recordId === subject.recordId && concerns(hold, subject)),
        ...leaves.filter(({ memberId }) => memberId === subject.ownerId),
      ].map(({ fromDate, untilDate }) => ({ from: fromDate, until: untilDate })),
    ]),
  );
}

async function namesOf(manager: EntityManager, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await manager.find(MemberEntity, { where: { id: In(wanted) }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
