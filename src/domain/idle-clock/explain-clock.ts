import { LAST_DATE, localDate } from '../calendar/local-days';
import type {
  Adjustment,
  AdjustmentKind,
  ClockExplanation,
  ClockFacts,
  ClockInput,
  ClockPolicy,
  ExemptionCode,
  PolicyChange,
} from './clock.types';
import { HoldPeriods } from './hold-periods';
import { type RuleContext, earliest, ruleDeadlines } from './rule-deadlines';

/**
 * The one pure function of docs/semantics.md#day-counting: from the facts and the policy to the local date on which the
 * customer goes back to its pool, and why. Where the text leaves room, see docs/decisions/idle-clock-readings.md.
 * @throws CalendarError UNKNOWN_TIME_ZONE, INVALID_INSTANT, INVALID_DAY_COUNT
 */
export function explainClock(input: ClockInput): ClockExplanation {
  const { facts, policy, zone, calendar } = input;
  const context: RuleContext = {
    facts,
    policy,
    calendar,
    zone,
    dateOf: datesIn(zone),
    holds: new HoldPeriods(input.holds ?? []),
  };
  const rules = ruleDeadlines(context);
  const exemptions = exemptionsOf(facts, policy);
  const first = exemptions.length === 0 ? earliest(rules) : null;
  const { reclaimOn, adjustments } = first
    ? adjust(first.deadline, input, context)
    : { reclaimOn: null, adjustments: [] };
  return {
    reclaimOn,
    rule: reclaimOn === null ? null : (first?.rule ?? null),
    rules: rules.map((rule) => (rule === first && reclaimOn !== null ? { ...rule, binding: true } : rule)),
    exemptions,
    adjustments,
    heldDays: first?.heldDays ?? 0,
    counting: policy.dayCounting,
    lastActivity: facts.lastActivity && {
      on: context.dateOf(facts.lastActivity.at),
      what: facts.lastActivity.what,
      by: facts.lastActivity.by,
    },
  };
}

/** docs/semantics.md#day-counting: due when local today is on or after the reclaim date. */
export function isDue(reclaimOn: string | null, now: string, zone: string): boolean {
  return reclaimOn !== null && localDate(now, zone) >= reclaimOn;
}

function exemptionsOf(facts: ClockFacts, policy: ClockPolicy): ExemptionCode[] {
  const codes: ExemptionCode[] = [];
  if (facts.ownedSince === null) codes.push('NOT_OWNED');
  if (!policy.isActive) codes.push('POOL_INACTIVE');
  if (facts.isLocked) codes.push('LOCKED');
  if (policy.wonIsExempt && facts.isWon) codes.push('WON');
  if (policy.openOpportunityIsExempt && facts.hasOpenOpportunity) codes.push('OPEN_OPPORTUNITY');
  return codes;
}

/** Everything that may move the earliest deadline: only ever later. */
function adjust(
  deadline: string,
  input: ClockInput,
  context: RuleContext,
): { reclaimOn: string | null; adjustments: Adjustment[] } {
  const { facts, policy, calendar, holds, dateOf } = context;
  const today = dateOf(input.now);
  const adjustments: Adjustment[] = [];
  let reclaimOn = deadline;
  const notBefore = (date: string | null, kind: AdjustmentKind): void => {
    if (date === null || date <= reclaimOn) return;
    reclaimOn = date;
    adjustments.push({ kind, reclaimOn });
  };

  notBefore(withGrace(deadline, input, context), 'GRACE');
  if (facts.protectedUntil !== null) {
    notBefore(calendar.firstDayFrom(dateOf(facts.protectedUntil), policy.dayCounting), 'PROTECTED');
  }
  notBefore(planned(reclaimOn, input, context), 'PLAN');
  reclaimOn = calendar.firstDayFrom(reclaimOn, policy.dayCounting);
  // Overdue customers, too, are left alone while a hold lasts: a waiting request stops the return.
  const from = reclaimOn < today && holds.covers(today) ? today : reclaimOn;
  notBefore(holds.firstOpenDay(from, calendar, policy.dayCounting), 'HOLD');
  return { reclaimOn: reclaimOn >= LAST_DATE ? null : reclaimOn, adjustments };
}

/**
 * docs/semantics.md#grace: an edit never makes a customer due sooner than `graceDays` after it. It postpones nothing
 * either: what was due earlier under the former policy stays due then, so that frequent edits do not stop all
 * reclaiming.
 */
function withGrace(deadline: string, input: ClockInput, context: RuleContext): string {
  const { facts, policy, calendar } = context;
  const { ownedSince } = facts;
  // Who got the customer after the edit got it under the new policy.
  const changes = (input.changes ?? []).filter(
    ({ at }) => ownedSince !== null && Date.parse(ownedSince) <= Date.parse(at),
  );
  const oldest = changes[0];
  if (!oldest) return deadline;

  const dateUnder = (regime: PolicyChange['former']): string => {
    if (regime === null || exemptionsOf(facts, regime.policy).length > 0) return LAST_DATE;
    return (
      earliest(ruleDeadlines({ ...context, policy: regime.policy, calendar: regime.calendar ?? calendar }))?.deadline ??
      LAST_DATE
    );
  };
  const now = { policy, calendar };
  return changes.reduce((inForce, { at }, index) => {
    const following = changes[index + 1];
    const after = following ? following.former : now;
    return later(dateUnder(after), earlier(inForce, graceEnd(at, after ?? now, context)));
  }, dateUnder(oldest.former));
}

function graceEnd(at: string, after: NonNullable<PolicyChange['former']>, { dateOf, calendar }: RuleContext): string {
  const { graceDays, dayCounting } = after.policy;
  const editedOn = dateOf(at);
  return graceDays ? (after.calendar ?? calendar).addDays(editedOn, graceDays + 1, dayCounting) : editedOn;
}

/** docs/semantics.md#follow-up-plan: not before the task's due date + 1, moved by no more than `planDefersDays`. */
function planned(
  reclaimOn: string,
  { plan, now }: ClockInput,
  { policy, calendar, dateOf }: RuleContext,
): string | null {
  if (!plan || !policy.planDefersDays) return null;
  const dueOn = dateOf(plan.dueAt);
  // The whole due day counts as the future: days are compared, not hours.
  if (dueOn < dateOf(now)) return null;
  return earlier(
    calendar.nextDay(dueOn, policy.dayCounting),
    calendar.addDays(reclaimOn, policy.planDefersDays, policy.dayCounting),
  );
}

/** Most of the work is here, and the same instant is asked for by several rules. */
function datesIn(zone: string): (instant: string) => string {
  const known = new Map<string, string>();
  return (instant) => {
    const date = known.get(instant) ?? localDate(instant, zone);
    known.set(instant, date);
    return date;
  };
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
