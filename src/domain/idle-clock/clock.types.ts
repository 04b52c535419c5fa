import type { DayCounting, WorkingCalendar } from '../calendar/working-calendar';
import type { RuleKind } from '../customer/customer';

/** The numbers of a pool that the clock goes by, named as in Twenty. Whole days; null is off. */
export interface ClockPolicy {
  isActive: boolean;
  firstFollowUpDays: number | null;
  followUpDays: number | null;
  noOpportunityDays: number | null;
  noDealDays: number | null;
  maxHoldDays: number | null;
  /** Name of a date field of the customer. */
  afterDateField: string | null;
  afterDateDays: number | null;
  dayCounting: DayCounting;
  planDefersDays: number | null;
  graceDays: number | null;
  wonIsExempt: boolean;
  openOpportunityIsExempt: boolean;
}

export type ActivityKind =
  | 'NOTE'
  | 'TASK_COMPLETED'
  | 'EMAIL_SENT'
  | 'EMAIL_RECEIVED'
  | 'MEETING'
  | 'OPPORTUNITY_CREATED'
  | 'STAGE_ADVANCED'
  | 'FOLLOW_UP';

/** What is known of a customer. Instants are ISO 8601; null is "never" or "none". */
export interface ClockFacts {
  /** Null: nobody owns it, so no clock runs. */
  ownedSince: string | null;
  /** The last activity that qualifies under the workspace's settings; `by` is a member's name. */
  lastActivity: { at: string; what: ActivityKind; by: string | null } | null;
  lastOpportunityCreatedAt: string | null;
  lastWonAt: string | null;
  isWon: boolean;
  hasOpenOpportunity: boolean;
  protectedUntil: string | null;
  isLocked: boolean;
  /** The customer's date fields by name: a local date (YYYY-MM-DD) or an instant. */
  afterDates: Readonly<Record<string, string | null>>;
}

/** Local dates, both included. An extension, a manager's hold, a waiting request and the owner's leave all are holds. */
export interface Hold {
  from: string;
  /** LAST_DATE for one without an end. */
  until: string;
}

/** An edit that may have brought deadlines nearer: of the policy, of the rule overrides or of the calendar. */
export interface PolicyChange {
  at: string;
  /** What was in force before it; null when nothing was, as when reclaim is turned on, or when it is not known. */
  former: { policy: ClockPolicy; calendar?: WorkingCalendar } | null;
}

export interface ClockInput {
  facts: ClockFacts;
  /** The pool's policy after rule overrides (`applyOverrides`). */
  policy: ClockPolicy;
  calendar: WorkingCalendar;
  /** The workspace's time zone. */
  zone: string;
  now: string;
  /** Oldest first. Those whose grace is over may be left out. */
  changes?: readonly PolicyChange[];
  holds?: readonly Hold[];
  /** The owner's open task on this customer that is due last. */
  plan?: { dueAt: string } | null;
}

export type ExemptionCode = 'NOT_OWNED' | 'POOL_INACTIVE' | 'LOCKED' | 'WON' | 'OPEN_OPPORTUNITY';

/** What moved the reclaim date beyond the earliest deadline. */
export type AdjustmentKind = 'GRACE' | 'PROTECTED' | 'PLAN' | 'HOLD';

export interface Adjustment {
  kind: AdjustmentKind;
  /** The reclaim date after this adjustment. */
  reclaimOn: string;
}

export interface RuleDeadline {
  rule: RuleKind;
  /** The instant the days are counted from, and the local date it falls on. */
  base: string;
  baseOn: string;
  days: number;
  /** Counted days on which the clock stood, or will stand, still. */
  heldDays: number;
  /** The local date on which this rule alone would return the customer: the day after the last safe one. */
  deadline: string;
  /** This rule gives the reclaim date. */
  binding: boolean;
}

export interface ClockExplanation {
  /** Local date; due when local today is on or after it. Null: never, as things are. */
  reclaimOn: string | null;
  rule: RuleKind | null;
  /**
   * Every rule that applies, in the order of docs/semantics.md#clock-rules; a rule that is off or satisfied is left
   * out.
   */
  rules: RuleDeadline[];
  /** Why there is no reclaim date although rules apply. */
  exemptions: ExemptionCode[];
  adjustments: Adjustment[];
  /** Of the binding rule. */
  heldDays: number;
  counting: DayCounting;
  lastActivity: { on: string; what: ActivityKind; by: string | null } | null;
}
