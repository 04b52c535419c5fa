import type { Hold } from '../../src/domain/idle-clock/clock.types';

/**
 * The idle clock told a second time, slowly: it walks from day to day and asks of each whether it counts. It shares no
 * code with the engine: days are numbers since 1970, local dates come from Intl, China's days are typed in below.
 */
export interface SlowPolicy {
  isActive: boolean;
  firstFollowUpDays: number | null;
  followUpDays: number | null;
  noOpportunityDays: number | null;
  noDealDays: number | null;
  maxHoldDays: number | null;
  afterDateField: string | null;
  afterDateDays: number | null;
  dayCounting: 'CALENDAR' | 'WORKING';
  planDefersDays: number | null;
  graceDays: number | null;
  wonIsExempt: boolean;
  openOpportunityIsExempt: boolean;
}
export interface SlowWeek {
  weekdays: readonly number[];
  china: boolean;
  extraHolidays: readonly string[];
  extraWorkdays: readonly string[];
}
export interface SlowInput {
  facts: {
    ownedSince: string | null;
    lastActivity: { at: string } | null;
    lastOpportunityCreatedAt: string | null;
    lastWonAt: string | null;
    isWon: boolean;
    hasOpenOpportunity: boolean;
    protectedUntil: string | null;
    isLocked: boolean;
    afterDates: Readonly<Record<string, string | null>>;
  };
  policy: SlowPolicy;
  week: SlowWeek;
  zone: string;
  now: string;
  holds: readonly Hold[];
  plan: { dueAt: string } | null;
  change: { at: string; former: SlowPolicy | null } | null;
}
export interface SlowAnswer {
  reclaimOn: string | null;
  rule: string | null;
}

const CHINA_OFF = expand(
  '2025-01-01',
  '2025-01-28/2025-02-04',
  '2025-04-04/2025-04-06',
  '2025-05-01/2025-05-05',
  '2025-05-31/2025-06-02',
  '2025-10-01/2025-10-08',
  '2026-01-01/2026-01-03',
  '2026-02-15/2026-02-23',
  '2026-04-04/2026-04-06',
  '2026-05-01/2026-05-05',
  '2026-06-19/2026-06-21',
  '2026-09-25/2026-09-27',
  '2026-10-01/2026-10-07',
);
const CHINA_WORKED = expand(
  '2025-01-26',
  '2025-02-08',
  '2025-04-27',
  '2025-09-28',
  '2025-10-11',
  '2026-01-04',
  '2026-02-14',
  '2026-02-28',
  '2026-05-09',
  '2026-09-20',
  '2026-10-10',
);

export function slowClock(input: SlowInput): SlowAnswer {
  const { facts, policy, zone, holds } = input;
  const first = firstRule(input, policy);
  if (first === null) return { reclaimOn: null, rule: null };
  const counts = counter(input.week, policy);
  const held = (day: number) => isHeld(holds, day);
  const today = local(input.now, zone);

  let notBefore = first.day;
  const { change } = input;
  if (change && facts.ownedSince !== null && new Date(facts.ownedSince) <= new Date(change.at)) {
    const before = change.former === null ? null : firstRule(input, change.former);
    let graceEnds = local(change.at, zone);
    for (
      let grace = policy.graceDays === null || policy.graceDays === 0 ? -1 : policy.graceDays;
      grace >= 0;
      grace -= 1
    ) {
      do graceEnds += 1;
      while (!counts(graceEnds));
    }
    notBefore = Math.max(notBefore, before === null ? graceEnds : Math.min(graceEnds, before.day));
  }
  let day = first.day;
  while (day < notBefore) day += 1;
  while (
    facts.protectedUntil !== null &&
    (day < local(facts.protectedUntil, zone) || (day > notBefore && !counts(day)))
  )
    day += 1;
  if (input.plan !== null && local(input.plan.dueAt, zone) >= today) {
    const due = local(input.plan.dueAt, zone);
    for (let moved = 0; day <= due && moved < (policy.planDefersDays ?? 0); moved += 1)
      do day += 1;
      while (!counts(day));
  }
  const open = (from: number) => {
    let at = from;
    while (!counts(at) || held(at)) at += 1;
    return at;
  };
  day = open(day);
  if (day <= today && held(today)) day = open(today);
  return { reclaimOn: text(day), rule: first.rule };
}

function firstRule(input: SlowInput, policy: SlowPolicy): { rule: string; day: number } | null {
  const { facts, zone, holds } = input;
  if (facts.ownedSince === null || facts.isLocked || !policy.isActive) return null;
  if (policy.wonIsExempt && facts.isWon) return null;
  if (policy.openOpportunityIsExempt && facts.hasOpenOpportunity) return null;
  const since = facts.ownedSince;
  const counts = counter(input.week, policy);
  const back = (base: number, days: number, stoppedBy = holds): number => {
    let safeDaysLeft = days + (isHeld(stoppedBy, base) && counts(base) ? 1 : 0);
    for (let day = base + 1; ; day += 1) {
      if (!counts(day) || isHeld(stoppedBy, day)) continue;
      if (safeDaysLeft === 0) return day;
      safeDaysLeft -= 1;
    }
  };
  const owned = local(since, zone);
  const found: { rule: string; day: number }[] = [];

  const activity = facts.lastActivity?.at ?? null;
  const firstDays = policy.firstFollowUpDays ?? policy.followUpDays;
  if (firstDays !== null) {
    const done = policy.followUpDays === null && activity !== null && new Date(activity) >= new Date(since);
    const following =
      policy.followUpDays !== null && activity !== null ? back(local(activity, zone), policy.followUpDays) : -Infinity;
    if (!done) found.push({ rule: 'NO_ACTIVITY', day: Math.max(back(owned, firstDays), following) });
  }
  const after = (at: string | null) => at !== null && new Date(at) > new Date(since);
  if (policy.noOpportunityDays !== null && !after(facts.lastOpportunityCreatedAt))
    found.push({ rule: 'NO_OPPORTUNITY', day: back(owned, policy.noOpportunityDays) });
  if (policy.noDealDays !== null && !after(facts.lastWonAt))
    found.push({ rule: 'NO_DEAL', day: back(owned, policy.noDealDays) });
  if (policy.maxHoldDays !== null) found.push({ rule: 'MAX_HOLD', day: back(owned, policy.maxHoldDays) });
  const date = policy.afterDateField === null ? null : (facts.afterDates[policy.afterDateField] ?? null);
  if (date !== null && policy.afterDateDays !== null) {
    const over = back(number(date), policy.afterDateDays, []);
    found.push({ rule: 'AFTER_DATE', day: back(over > owned ? number(date) : owned, policy.afterDateDays) });
  }
  found.sort((a, b) => a.day - b.day);
  return found[0] ?? null;
}

function counter(week: SlowWeek, policy: SlowPolicy): (day: number) => boolean {
  const offDays = new Set(week.extraHolidays);
  const workedDays = new Set(week.extraWorkdays);
  return (day) => {
    if (policy.dayCounting === 'CALENDAR') return true;
    const date = text(day);
    if (offDays.has(date)) return false;
    if (workedDays.has(date) || (week.china && CHINA_WORKED.has(date))) return true;
    if (week.china && CHINA_OFF.has(date)) return false;
    const sundayIsZero = new Date(day * 86_400_000).getUTCDay();
    return week.weekdays.includes(sundayIsZero === 0 ? 7 : sundayIsZero);
  };
}

function isHeld(holds: readonly Hold[], day: number): boolean {
  return holds.some((hold) => number(hold.from) <= day && day <= number(hold.until));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function local(instant: string, zone: string): number {
  let format = formats.get(zone);
  if (!format)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      })),
    );
  return number(format.format(new Date(instant)));
}

function number(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

function text(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function expand(...spans: string[]): ReadonlySet<string> {
  return new Set(
    spans.flatMap((span) => {
      const [from = span, until = from] = span.split('/');
      return Array.from({ length: number(until) - number(from) + 1 }, (_, index) => text(number(from) + index));
    }),
  );
}
