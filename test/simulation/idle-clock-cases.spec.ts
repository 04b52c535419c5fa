import { LAST_DATE } from '../../src/domain/calendar/local-days';
import { type WorkingCalendarSettings, createWorkingCalendar } from '../../src/domain/calendar/working-calendar';
import type { ClockFacts, ClockInput, ClockPolicy, ExemptionCode } from '../../src/domain/idle-clock/clock.types';
import { explainClock, isDue } from '../../src/domain/idle-clock/explain-clock';

/** docs/semantics.md#3-the-idle-clock read by hand: every expected date below was counted on a calendar, not computed. */
interface Case extends Omit<Partial<ClockInput>, 'facts' | 'policy' | 'calendar'> {
  name: string;
  facts?: Partial<ClockFacts>;
  policy?: Partial<ClockPolicy>;
  calendar?: Partial<WorkingCalendarSettings>;
  on: string | null;
  rule?: string | null;
  held?: number;
  exempt?: ExemptionCode[];
}

const OFF: ClockPolicy = {
  isActive: true,
  firstFollowUpDays: null,
  followUpDays: null,
  noOpportunityDays: null,
  noDealDays: null,
  maxHoldDays: null,
  afterDateField: null,
  afterDateDays: null,
  dayCounting: 'CALENDAR',
  planDefersDays: 0,
  graceDays: 7,
  wonIsExempt: true,
  openOpportunityIsExempt: false,
};
const OWNED: ClockFacts = {
  // A Monday.
  ownedSince: '2026-03-02T15:00+08:00',
  lastActivity: null,
  lastOpportunityCreatedAt: null,
  lastWonAt: null,
  isWon: false,
  hasOpenOpportunity: false,
  protectedUntil: null,
  isLocked: false,
  afterDates: {},
};

const first = (days: number, more: Partial<ClockPolicy> = {}): Partial<ClockPolicy> => ({
  firstFollowUpDays: days,
  ...more,
});
const working = (days: number, more: Partial<ClockPolicy> = {}): Partial<ClockPolicy> =>
  first(days, { dayCounting: 'WORKING', ...more });
const owned = (ownedSince: string): Partial<ClockFacts> => ({ ownedSince });
const note = (at: string): Partial<ClockFacts> => ({ lastActivity: { at, what: 'NOTE', by: 'Li Wei' } });
const contract = (end: string | null): Partial<ClockFacts> => ({ afterDates: { contractEnd: end } });
const afterContract = (days: number): Partial<ClockPolicy> => ({ afterDateField: 'contractEnd', afterDateDays: days });
const hold = (from: string, until: string) => ({ from, until });
const was = (policy: Partial<ClockPolicy>) => ({ policy: { ...OFF, ...policy } });
const CHINA = { country: 'CN' };

const TABLE: Record<string, Case[]> = {
  'no activity': [
    { name: 'Monday 15:00 and 7 days: next Monday is safe', policy: first(7), on: '2026-03-10', rule: 'NO_ACTIVITY' },
    {
      name: 'owned at the first moment of the day',
      facts: owned('2026-03-02T00:00+08:00'),
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'owned at the last moment of the day',
      facts: owned('2026-03-02T23:59:59.999+08:00'),
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'owned on Monday in UTC, Tuesday here',
      facts: owned('2026-03-02T16:00:00Z'),
      policy: first(7),
      on: '2026-03-11',
    },
    { name: 'one day', policy: first(1), on: '2026-03-04' },
    { name: 'over a leap day', facts: owned('2028-02-27T10:00+08:00'), policy: first(2), on: '2028-03-01' },
    { name: 'no activity yet, both windows set', policy: first(7, { followUpDays: 30 }), on: '2026-03-10' },
    {
      name: 'an activity opens the following window',
      facts: note('2026-03-05T09:00+08:00'),
      policy: first(7, { followUpDays: 30 }),
      on: '2026-04-05',
    },
    {
      name: 'an activity on the last safe day',
      facts: note('2026-03-09T23:59+08:00'),
      policy: first(7, { followUpDays: 30 }),
      on: '2026-04-09',
    },
    {
      name: 'a first window that outlasts the following one',
      facts: note('2026-03-03T09:00+08:00'),
      policy: first(30, { followUpDays: 7 }),
      on: '2026-04-02',
    },
    { name: 'no window of its own for the first follow-up', policy: { followUpDays: 30 }, on: '2026-04-02' },
    {
      name: 'only the first follow-up asked for, and made',
      facts: note('2026-03-04T09:00+08:00'),
      policy: first(7),
      on: null,
      rule: null,
    },
    {
      name: 'only the first asked for, made before this owner',
      facts: note('2026-02-20T09:00+08:00'),
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'an activity just before the change of owner counts',
      facts: note('2026-03-01T09:00+08:00'),
      policy: first(7, { followUpDays: 30 }),
      on: '2026-04-01',
    },
    {
      name: 'an activity long before the change of owner',
      facts: note('2026-01-05T09:00+08:00'),
      policy: first(7, { followUpDays: 30 }),
      on: '2026-03-10',
    },
    { name: 'every rule off', on: null, rule: null, exempt: [] },
  ],
  'no opportunity, no deal, longest hold': [
    {
      name: 'no opportunity within 10 days',
      policy: { noOpportunityDays: 10 },
      on: '2026-03-13',
      rule: 'NO_OPPORTUNITY',
    },
    {
      name: 'an opportunity satisfies it',
      facts: { lastOpportunityCreatedAt: '2026-03-05T09:00+08:00' },
      policy: { noOpportunityDays: 10 },
      on: null,
    },
    {
      name: 'an older opportunity does not',
      facts: { lastOpportunityCreatedAt: '2026-02-20T09:00+08:00' },
      policy: { noOpportunityDays: 10 },
      on: '2026-03-13',
    },
    {
      name: 'one of the same instant is not after',
      facts: { lastOpportunityCreatedAt: '2026-03-02T07:00:00Z' },
      policy: { noOpportunityDays: 10 },
      on: '2026-03-13',
    },
    {
      name: 'activity does not satisfy it',
      facts: note('2026-03-12T09:00+08:00'),
      policy: { noOpportunityDays: 10 },
      on: '2026-03-13',
    },
    { name: 'no deal within 60 days', policy: { noDealDays: 60 }, on: '2026-05-02', rule: 'NO_DEAL' },
    {
      name: 'a deal satisfies it',
      facts: { isWon: true, lastWonAt: '2026-04-01T09:00+08:00' },
      policy: { noDealDays: 60, wonIsExempt: false },
      on: null,
      exempt: [],
    },
    {
      name: 'a deal of a former owner does not',
      facts: { isWon: true, lastWonAt: '2025-04-01T09:00+08:00' },
      policy: { noDealDays: 60, wonIsExempt: false },
      on: '2026-05-02',
    },
    {
      name: 'longest hold in spite of activity',
      facts: note('2026-05-20T09:00+08:00'),
      policy: first(7, { followUpDays: 30, maxHoldDays: 90 }),
      on: '2026-06-01',
      rule: 'MAX_HOLD',
    },
    {
      name: 'the earliest rule decides',
      policy: first(7, { noOpportunityDays: 5 }),
      on: '2026-03-08',
      rule: 'NO_OPPORTUNITY',
    },
    {
      name: 'of two on one day, the first by order',
      policy: first(7, { maxHoldDays: 7 }),
      on: '2026-03-10',
      rule: 'NO_ACTIVITY',
    },
    {
      name: 'a satisfied rule leaves the next',
      facts: { lastOpportunityCreatedAt: '2026-03-05T09:00+08:00' },
      policy: { noOpportunityDays: 5, maxHoldDays: 20 },
      on: '2026-03-23',
      rule: 'MAX_HOLD',
    },
  ],
  'after a date': [
    {
      name: 'contract end + 30',
      facts: contract('2026-03-31'),
      policy: afterContract(30),
      on: '2026-05-01',
      rule: 'AFTER_DATE',
    },
    { name: 'an empty date', facts: contract(null), policy: afterContract(30), on: null },
    { name: 'a text that is no date', facts: contract('to be agreed'), policy: afterContract(30), on: null },
    { name: 'a field that the customer does not have', facts: { afterDates: {} }, policy: afterContract(30), on: null },
    {
      name: 'a date and time is read in the workspace zone',
      facts: contract('2026-03-31T18:00:00Z'),
      policy: afterContract(30),
      on: '2026-05-02',
    },
    {
      name: 'a date before this owner, window still open',
      facts: contract('2026-02-20'),
      policy: afterContract(30),
      on: '2026-03-23',
    },
    {
      name: 'a window that closed before this owner starts anew',
      facts: contract('2026-01-01'),
      policy: afterContract(30),
      on: '2026-04-02',
    },
    {
      name: 'a window that closed on the day this owner began',
      facts: contract('2026-01-30'),
      policy: afterContract(30),
      on: '2026-04-02',
    },
    {
      name: 'a window with that day as its last safe one',
      facts: contract('2026-01-31'),
      policy: afterContract(30),
      on: '2026-03-03',
    },
    {
      name: 'a date that stands for never',
      facts: contract('9999-12-31'),
      policy: afterContract(30),
      on: null,
      rule: null,
    },
  ],
  exemptions: [
    { name: 'a won customer', facts: { isWon: true }, policy: first(7), on: null, exempt: ['WON'] },
    {
      name: 'a won customer where that is no exemption',
      facts: { isWon: true },
      policy: first(7, { wonIsExempt: false }),
      on: '2026-03-10',
      exempt: [],
    },
    {
      name: 'an open opportunity is none by default',
      facts: { hasOpenOpportunity: true },
      policy: first(7),
      on: '2026-03-10',
      exempt: [],
    },
    {
      name: 'an open opportunity where it is one',
      facts: { hasOpenOpportunity: true },
      policy: first(7, { openOpportunityIsExempt: true }),
      on: null,
      exempt: ['OPEN_OPPORTUNITY'],
    },
    { name: 'a locked customer', facts: { isLocked: true }, policy: first(7), on: null, exempt: ['LOCKED'] },
    { name: 'an inactive pool', policy: first(7, { isActive: false }), on: null, exempt: ['POOL_INACTIVE'] },
    {
      name: 'nobody owns it',
      facts: { ownedSince: null },
      policy: first(7, { maxHoldDays: 3 }),
      on: null,
      exempt: ['NOT_OWNED'],
    },
    {
      name: 'several at once are all named',
      facts: { isLocked: true, isWon: true },
      policy: first(7),
      on: null,
      exempt: ['LOCKED', 'WON'],
    },
  ],
  protection: [
    {
      name: 'until after the deadline',
      facts: { protectedUntil: '2026-04-01T09:00+08:00' },
      policy: first(7),
      on: '2026-04-01',
      rule: 'NO_ACTIVITY',
    },
    {
      name: 'until before the deadline',
      facts: { protectedUntil: '2026-03-05T09:00+08:00' },
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'its end is a local date',
      facts: { protectedUntil: '2026-03-31T17:00:00Z' },
      policy: first(7),
      on: '2026-04-01',
    },
    {
      name: 'until a Saturday where working days count',
      facts: { protectedUntil: '2026-03-14T12:00+08:00' },
      policy: working(5),
      on: '2026-03-16',
    },
    {
      name: 'does not give a date to a customer without one',
      facts: { protectedUntil: '2026-04-01T09:00+08:00' },
      on: null,
    },
  ],
  'time zones and daylight saving': [
    {
      name: 'New York, spring forward inside the window',
      zone: 'America/New_York',
      facts: owned('2026-03-05T20:00-05:00'),
      policy: first(7),
      on: '2026-03-13',
    },
    {
      name: 'New York, fall back inside the window',
      zone: 'America/New_York',
      facts: owned('2026-10-30T23:30-04:00'),
      policy: first(3),
      on: '2026-11-03',
    },
    {
      name: 'New York, owned on the day of 23 hours',
      zone: 'America/New_York',
      facts: owned('2026-03-08T01:30-05:00'),
      policy: first(1),
      on: '2026-03-10',
    },
    {
      name: 'New York, the second 01:30 of the day of 25 hours',
      zone: 'America/New_York',
      facts: owned('2026-11-01T01:30-05:00'),
      policy: first(1),
      on: '2026-11-03',
    },
    {
      name: 'one instant: still Monday in New York',
      zone: 'America/New_York',
      facts: owned('2026-03-02T20:00Z'),
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'one instant: Tuesday in Shanghai',
      zone: 'Asia/Shanghai',
      facts: owned('2026-03-02T20:00Z'),
      policy: first(7),
      on: '2026-03-11',
    },
    {
      name: 'fourteen hours ahead',
      zone: 'Pacific/Kiritimati',
      facts: owned('2026-03-02T10:30Z'),
      policy: first(7),
      on: '2026-03-11',
    },
    {
      name: 'eleven hours behind',
      zone: 'Pacific/Pago_Pago',
      facts: owned('2026-03-02T10:30Z'),
      policy: first(7),
      on: '2026-03-09',
    },
    {
      name: 'London, activity the night before summer time',
      zone: 'Europe/London',
      facts: note('2026-03-28T23:30Z'),
      policy: first(7, { followUpDays: 7 }),
      on: '2026-04-05',
    },
    {
      name: 'Santiago, a midnight that does not exist',
      zone: 'America/Santiago',
      facts: owned('2026-09-05T12:00-04:00'),
      policy: first(1),
      on: '2026-09-07',
    },
    {
      name: 'Sydney, the minute before summer time begins',
      zone: 'Australia/Sydney',
      facts: owned('2026-10-03T23:59+10:00'),
      policy: first(2),
      on: '2026-10-06',
    },
  ],
  'working days': [
    { name: 'a week', policy: working(5), on: '2026-03-10' },
    { name: 'owned on a Saturday', facts: owned('2026-03-07T10:00+08:00'), policy: working(1), on: '2026-03-10' },
    { name: 'the last safe day is a Friday', policy: working(4), on: '2026-03-09' },
    {
      name: 'a make-up Saturday before Chinese New Year',
      calendar: CHINA,
      facts: owned('2026-02-13T15:00+08:00'),
      policy: working(1),
      on: '2026-02-24',
    },
    {
      name: 'across Chinese New Year',
      calendar: CHINA,
      facts: owned('2026-02-13T15:00+08:00'),
      policy: working(3),
      on: '2026-02-26',
    },
    {
      name: 'the last safe day is the first after the holiday',
      calendar: CHINA,
      facts: owned('2026-02-10T15:00+08:00'),
      policy: working(5),
      on: '2026-02-25',
    },
    {
      name: 'owned during the holiday',
      calendar: CHINA,
      facts: owned('2026-02-18T15:00+08:00'),
      policy: working(2),
      on: '2026-02-26',
    },
    {
      name: 'a make-up Saturday after the holiday',
      calendar: CHINA,
      facts: owned('2026-02-27T15:00+08:00'),
      policy: working(1),
      on: '2026-03-02',
    },
    {
      name: 'activity during the holiday',
      calendar: CHINA,
      facts: { ...owned('2026-02-02T15:00+08:00'), ...note('2026-02-20T15:00+08:00') },
      policy: working(1, { followUpDays: 5 }),
      on: '2026-03-02',
    },
    {
      name: 'Chinese New Year of 2025',
      calendar: CHINA,
      facts: owned('2025-01-26T10:00+08:00'),
      policy: working(2),
      on: '2025-02-06',
    },
    {
      name: 'National Day',
      calendar: CHINA,
      facts: owned('2026-09-29T10:00+08:00'),
      policy: working(2),
      on: '2026-10-09',
    },
    {
      name: 'a make-up Sunday',
      calendar: CHINA,
      facts: owned('2026-09-18T10:00+08:00'),
      policy: working(1),
      on: '2026-09-21',
    },
    { name: 'weekdays only, no country', facts: owned('2026-02-13T15:00+08:00'), policy: working(1), on: '2026-02-17' },
    {
      name: 'plain days do not know holidays',
      calendar: CHINA,
      facts: owned('2026-02-13T15:00+08:00'),
      policy: first(1),
      on: '2026-02-15',
    },
    { name: 'an extra holiday', calendar: { extraHolidays: ['2026-03-04'] }, policy: working(3), on: '2026-03-09' },
    { name: 'an extra working day', calendar: { extraWorkdays: ['2026-03-07'] }, policy: working(5), on: '2026-03-09' },
    { name: 'a six-day week', calendar: { weekdays: [1, 2, 3, 4, 5, 6] }, policy: working(5), on: '2026-03-09' },
    {
      name: 'Thanksgiving',
      zone: 'America/New_York',
      calendar: { country: 'US' },
      facts: owned('2026-11-24T10:00-05:00'),
      policy: working(1),
      on: '2026-11-27',
    },
  ],
  holds: [
    {
      name: 'inside the window',
      holds: [hold('2026-03-04', '2026-03-06')],
      policy: first(7),
      on: '2026-03-13',
      held: 3,
    },
    {
      name: 'over the deadline',
      holds: [hold('2026-03-08', '2026-03-12')],
      policy: first(7),
      on: '2026-03-15',
      held: 5,
    },
    {
      name: 'from the day of return',
      holds: [hold('2026-03-10', '2026-03-11')],
      policy: first(7),
      on: '2026-03-12',
      held: 2,
    },
    {
      name: 'from the day after the return',
      holds: [hold('2026-03-11', '2026-03-20')],
      policy: first(7),
      on: '2026-03-10',
      held: 0,
    },
    {
      name: 'from the base day',
      holds: [hold('2026-03-02', '2026-03-04')],
      policy: first(7),
      on: '2026-03-13',
      held: 3,
    },
    {
      name: 'before the base day',
      holds: [hold('2026-02-20', '2026-03-01')],
      policy: first(7),
      on: '2026-03-10',
      held: 0,
    },
    {
      name: 'around the base day',
      holds: [hold('2026-02-25', '2026-03-03')],
      policy: first(7),
      on: '2026-03-12',
      held: 2,
    },
    {
      name: 'a day held twice counts once',
      holds: [hold('2026-03-05', '2026-03-08'), hold('2026-03-04', '2026-03-06')],
      policy: first(7),
      on: '2026-03-15',
      held: 5,
    },
    {
      name: 'a second one reached through the first',
      holds: [hold('2026-03-04', '2026-03-09'), hold('2026-03-16', '2026-03-17')],
      policy: first(7),
      on: '2026-03-18',
      held: 8,
    },
    {
      name: 'a second one not reached',
      holds: [hold('2026-03-09', '2026-03-10'), hold('2026-03-13', '2026-03-20')],
      policy: first(7),
      on: '2026-03-12',
      held: 2,
    },
    {
      name: 'over a weekend, working days',
      holds: [hold('2026-03-06', '2026-03-08')],
      policy: working(5),
      on: '2026-03-11',
      held: 1,
    },
    {
      name: 'leave over Chinese New Year holds no working day',
      calendar: CHINA,
      facts: owned('2026-02-10T15:00+08:00'),
      holds: [hold('2026-02-15', '2026-02-23')],
      policy: working(5),
      on: '2026-02-25',
      held: 0,
    },
    {
      name: 'leave before and after Chinese New Year',
      calendar: CHINA,
      facts: owned('2026-02-10T15:00+08:00'),
      holds: [hold('2026-02-14', '2026-02-24')],
      policy: working(5),
      on: '2026-02-27',
      held: 2,
    },
    { name: 'a leave without an end', holds: [hold('2026-03-04', LAST_DATE)], policy: first(7), on: null, rule: null },
    {
      name: 'overdue while a hold lasts',
      now: '2026-03-20T09:00+08:00',
      holds: [hold('2026-03-18', '2026-03-22')],
      policy: first(7),
      on: '2026-03-23',
    },
    {
      name: 'overdue when the hold is over',
      now: '2026-03-23T09:00+08:00',
      holds: [hold('2026-03-18', '2026-03-22')],
      policy: first(7),
      on: '2026-03-10',
    },
    {
      name: 'an activity during a hold',
      facts: note('2026-03-05T09:00+08:00'),
      holds: [hold('2026-03-04', '2026-03-06')],
      policy: first(7, { followUpDays: 30 }),
      on: '2026-04-07',
      held: 2,
    },
    {
      name: 'protection that ends during a hold',
      facts: { protectedUntil: '2026-03-15T09:00+08:00' },
      holds: [hold('2026-03-14', '2026-03-18')],
      policy: first(7),
      on: '2026-03-19',
    },
    {
      name: 'the longest hold by a member stands still too',
      holds: [hold('2026-03-04', '2026-03-06')],
      policy: { maxHoldDays: 20 },
      on: '2026-03-26',
      rule: 'MAX_HOLD',
    },
  ],
  'follow-up plans': [
    { name: 'off by default', plan: { dueAt: '2026-03-12T09:00+08:00' }, policy: first(7), on: '2026-03-10' },
    {
      name: 'to the day after the task is due',
      plan: { dueAt: '2026-03-12T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-13',
    },
    {
      name: 'by no more than the setting',
      plan: { dueAt: '2026-03-20T09:00+08:00' },
      policy: first(7, { planDefersDays: 2 }),
      on: '2026-03-12',
    },
    {
      name: 'a task due before the return moves nothing',
      plan: { dueAt: '2026-03-08T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-10',
    },
    {
      name: 'a task due on the day of return',
      plan: { dueAt: '2026-03-10T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-11',
    },
    {
      name: 'a task that is overdue is no plan',
      now: '2026-03-13T00:00+08:00',
      plan: { dueAt: '2026-03-12T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-10',
    },
    {
      name: 'a task due earlier today still is',
      now: '2026-03-12T18:00+08:00',
      plan: { dueAt: '2026-03-12T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-13',
    },
    {
      name: 'counted from the end of a protection',
      facts: { protectedUntil: '2026-03-15T09:00+08:00' },
      plan: { dueAt: '2026-03-17T09:00+08:00' },
      policy: first(7, { planDefersDays: 5 }),
      on: '2026-03-18',
    },
    {
      name: 'a task due on a Friday, working days',
      plan: { dueAt: '2026-03-13T09:00+08:00' },
      policy: working(5, { planDefersDays: 10 }),
      on: '2026-03-16',
    },
  ],
  'grace after a policy edit': [
    {
      name: 'reclaim turned on',
      facts: owned('2026-01-05T09:00+08:00'),
      policy: first(7),
      changes: [{ at: '2026-03-02T15:00+08:00', former: null }],
      on: '2026-03-10',
    },
    {
      name: 'a shorter window',
      facts: owned('2026-02-25T09:00+08:00'),
      policy: first(3),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(30)) }],
      on: '2026-03-10',
    },
    {
      name: 'due before the grace ends anyway',
      facts: owned('2026-02-25T09:00+08:00'),
      policy: first(3),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(10)) }],
      on: '2026-03-08',
    },
    {
      name: 'a longer window',
      facts: owned('2026-02-25T09:00+08:00'),
      policy: first(30),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(3)) }],
      on: '2026-03-28',
    },
    {
      name: 'claimed after the edit',
      facts: owned('2026-03-03T09:00+08:00'),
      policy: first(3),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(30)) }],
      on: '2026-03-07',
    },
    {
      name: 'two edits, each nearer',
      facts: owned('2026-02-20T09:00+08:00'),
      policy: first(5),
      on: '2026-03-10',
      changes: [
        { at: '2026-02-27T15:00+08:00', former: was(first(60)) },
        { at: '2026-03-02T15:00+08:00', former: was(first(20)) },
      ],
    },
    {
      name: 'a second edit does not prolong the first grace',
      facts: owned('2026-02-20T09:00+08:00'),
      policy: first(4),
      on: '2026-03-03',
      changes: [
        { at: '2026-02-23T15:00+08:00', former: was(first(60)) },
        { at: '2026-02-25T15:00+08:00', former: was(first(5)) },
      ],
    },
    {
      name: 'no grace set: due from the edit on',
      facts: owned('2026-02-25T09:00+08:00'),
      policy: first(3, { graceDays: null }),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(30)) }],
      on: '2026-03-02',
    },
    {
      name: 'won customers no longer exempt',
      facts: { ...owned('2026-01-05T09:00+08:00'), isWon: true },
      policy: first(7, { wonIsExempt: false }),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(7)) }],
      on: '2026-03-10',
    },
    {
      name: 'a pool made active again',
      facts: owned('2026-01-05T09:00+08:00'),
      policy: first(7),
      changes: [{ at: '2026-03-02T15:00+08:00', former: was(first(7, { isActive: false })) }],
      on: '2026-03-10',
    },
    {
      name: 'a holiday struck from the calendar',
      facts: owned('2026-02-25T09:00+08:00'),
      policy: working(2),
      on: '2026-03-03',
      changes: [
        {
          at: '2026-02-26T15:00+08:00',
          former: {
            ...was(working(2)),
            calendar: createWorkingCalendar({
              weekdays: [1, 2, 3, 4, 5],
              extraHolidays: ['2026-02-27', '2026-02-28'],
              extraWorkdays: [],
            }),
          },
        },
      ],
    },
  ],
};

describe.each(Object.entries(TABLE))('the idle clock: %s', (_, cases) => {
  it.each(cases.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const { facts, policy, calendar, on, rule, held, exempt, name: _row, ...rest } = row;
    const explanation = explainClock({
      zone: 'Asia/Shanghai',
      now: '2026-03-02T16:00+08:00',
      ...rest,
      facts: { ...OWNED, ...facts },
      policy: { ...OFF, ...policy },
      calendar: createWorkingCalendar({ weekdays: [1, 2, 3, 4, 5], extraHolidays: [], extraWorkdays: [], ...calendar }),
    });
    expect(explanation).toMatchObject({
      reclaimOn: on,
      ...(rule !== undefined && { rule }),
      ...(held !== undefined && { heldDays: held }),
      ...(exempt !== undefined && { exemptions: exempt }),
    });
    expect(explanation.rules.filter(({ binding }) => binding).map((binding) => binding.rule)).toEqual(
      on === null ? [] : [explanation.rule],
    );
  });
});

describe('due', () => {
  it('should hold from the first moment of the reclaim date in the workspace zone', () => {
    expect(isDue('2026-03-10', '2026-03-09T15:59:59.999Z', 'Asia/Shanghai')).toBe(false);
    expect(isDue('2026-03-10', '2026-03-09T16:00:00.000Z', 'Asia/Shanghai')).toBe(true);
    expect(isDue(null, '2026-03-09T16:00:00.000Z', 'Asia/Shanghai')).toBe(false);
  });
});
