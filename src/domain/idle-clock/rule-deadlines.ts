import { isLocalDate, startOfLocalDate, utcInstant } from '../calendar/local-days';
import type { WorkingCalendar } from '../calendar/working-calendar';
import type { RuleKind } from '../customer/customer';
import type { ClockFacts, ClockPolicy, RuleDeadline } from './clock.types';
import type { HoldPeriods } from './hold-periods';

export interface RuleContext {
  facts: ClockFacts;
  policy: ClockPolicy;
  calendar: WorkingCalendar;
  zone: string;
  /** The local date of an instant in that zone. */
  dateOf: (instant: string) => string;
  holds: HoldPeriods;
}

/** The rules of docs/semantics.md#clock-rules that apply, in its order. A rule that is off or satisfied gives none. */
export function ruleDeadlines(context: RuleContext): RuleDeadline[] {
  const { facts, policy } = context;
  const { ownedSince } = facts;
  if (ownedSince === null) return [];
  const sinceOwned = (rule: RuleKind, days: number | null, satisfiedAt: string | null): RuleDeadline | null =>
    days === null || isAfter(satisfiedAt, ownedSince) ? null : countDown(context, rule, ownedSince, days);
  return [
    noActivity(context, ownedSince),
    sinceOwned('NO_OPPORTUNITY', policy.noOpportunityDays, facts.lastOpportunityCreatedAt),
    sinceOwned('NO_DEAL', policy.noDealDays, facts.lastWonAt),
    sinceOwned('MAX_HOLD', policy.maxHoldDays, null),
    afterDate(context, ownedSince),
  ].filter((rule) => rule !== null);
}

/** The first of the earliest deadlines. */
export function earliest(rules: readonly RuleDeadline[]): RuleDeadline | null {
  return rules.reduce<RuleDeadline | null>(
    (first, rule) => (first && first.deadline <= rule.deadline ? first : rule),
    null,
  );
}

function noActivity(context: RuleContext, ownedSince: string): RuleDeadline | null {
  const { followUpDays, firstFollowUpDays } = context.policy;
  const last = context.facts.lastActivity;
  // Only the first follow-up is asked for: it is satisfied by any activity of this ownership.
  if (followUpDays === null && last !== null && !isBefore(last.at, ownedSince)) return null;
  const firstDays = firstFollowUpDays ?? followUpDays;
  const first = firstDays === null ? null : countDown(context, 'NO_ACTIVITY', ownedSince, firstDays);
  const following =
    followUpDays === null || last === null ? null : countDown(context, 'NO_ACTIVITY', last.at, followUpDays);
  if (first === null || following === null) return first ?? following;
  return following.deadline >= first.deadline ? following : first;
}

function afterDate(context: RuleContext, ownedSince: string): RuleDeadline | null {
  const { afterDateField: field, afterDateDays: days } = context.policy;
  const value =
    (field !== null && Object.hasOwn(context.facts.afterDates, field) && context.facts.afterDates[field]) || null;
  if (value === null || days === null) return null;
  const base = isLocalDate(value) ? startOfLocalDate(value, context.zone) : utcInstant(value);
  if (base === null) return null;
  // Over before this owner had it: they get the days anew, else nobody could ever claim it for more than a day.
  const overOn = context.calendar.addDays(context.dateOf(base), days + 1, context.policy.dayCounting);
  return countDown(context, 'AFTER_DATE', overOn > context.dateOf(ownedSince) ? base : ownedSince, days);
}

function countDown(
  { policy, calendar, dateOf, holds }: RuleContext,
  rule: RuleKind,
  base: string,
  days: number,
): RuleDeadline {
  const baseOn = dateOf(base);
  const { on, heldDays } = holds.deadline(baseOn, days, calendar, policy.dayCounting);
  return { rule, base, baseOn, days, heldDays, deadline: on, binding: false };
}

function isAfter(instant: string | null, other: string): boolean {
  return instant !== null && Date.parse(instant) > Date.parse(other);
}

function isBefore(instant: string, other: string): boolean {
  return Date.parse(instant) < Date.parse(other);
}
