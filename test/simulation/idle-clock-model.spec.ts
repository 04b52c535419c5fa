import fc from 'fast-check';

import { createWorkingCalendar } from '../../src/domain/calendar/working-calendar';
import type { ClockExplanation } from '../../src/domain/idle-clock/clock.types';
import { explainClock } from '../../src/domain/idle-clock/explain-clock';
import { type SlowInput, type SlowPolicy, type SlowWeek, slowClock } from './idle-clock-slow-model';

const RUNS = 1500;
const DAY = 86_400_000;

const instant = (from: string, until: string): fc.Arbitrary<string> =>
  fc.integer({ min: Date.parse(from), max: Date.parse(until) }).map((time) => new Date(time).toISOString());
const date = (from: string, until: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(from) / DAY, max: Date.parse(until) / DAY })
    .map((day) => new Date(day * DAY).toISOString().slice(0, 10));
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null, freq: 2 });
const days = maybe(fc.integer({ min: 1, max: 40 }));

const policies: fc.Arbitrary<SlowPolicy> = fc.record({
  isActive: fc.integer({ min: 0, max: 9 }).map((pick) => pick > 0),
  firstFollowUpDays: days,
  followUpDays: days,
  noOpportunityDays: days,
  noDealDays: days,
  maxHoldDays: days,
  afterDateField: maybe(fc.constant('contractEnd')),
  afterDateDays: days,
  dayCounting: fc.constantFrom('CALENDAR' as const, 'WORKING' as const),
  planDefersDays: maybe(fc.integer({ min: 0, max: 10 })),
  graceDays: maybe(fc.integer({ min: 0, max: 10 })),
  wonIsExempt: fc.boolean(),
  openOpportunityIsExempt: fc.boolean(),
});

const weeks: fc.Arbitrary<SlowWeek> = fc.record({
  weekdays: fc.oneof(fc.constant([1, 2, 3, 4, 5]), fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 })),
  china: fc.boolean(),
  extraHolidays: fc.array(date('2025-09-01', '2026-04-30'), { maxLength: 5 }),
  extraWorkdays: fc.array(date('2025-09-01', '2026-04-30'), { maxLength: 5 }),
});

// Six months around two Chinese New Years' notices and both clock changes; what follows from them ends within 2026.
const moments = instant('2025-09-15T00:00:00Z', '2026-03-20T00:00:00Z');
const inputs: fc.Arbitrary<SlowInput> = fc.record({
  facts: fc.record({
    ownedSince: fc.oneof({ weight: 15, arbitrary: moments }, { weight: 1, arbitrary: fc.constant(null) }),
    lastActivity: maybe(fc.record({ at: moments, what: fc.constant('NOTE' as const), by: fc.constant(null) })),
    lastOpportunityCreatedAt: maybe(moments),
    lastWonAt: maybe(moments),
    isWon: fc.boolean(),
    hasOpenOpportunity: fc.boolean(),
    protectedUntil: maybe(moments),
    isLocked: fc.integer({ min: 0, max: 9 }).map((pick) => pick === 0),
    afterDates: fc.record({ contractEnd: maybe(date('2025-09-01', '2026-03-31')) }),
  }),
  policy: policies,
  week: weeks,
  zone: fc.constantFrom(
    'Asia/Shanghai',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Pacific/Kiritimati',
    'UTC',
  ),
  now: moments,
  holds: fc.array(
    fc.tuple(date('2025-09-10', '2026-04-15'), fc.integer({ min: 0, max: 14 })).map(([from, length]) => ({
      from,
      until: new Date(Date.parse(from) + length * DAY).toISOString().slice(0, 10),
    })),
    { maxLength: 4 },
  ),
  plan: maybe(fc.record({ dueAt: moments })),
  change: maybe(fc.record({ at: moments, former: maybe(policies) })),
});

function engineClock({ week, change, facts, ...input }: SlowInput): ClockExplanation {
  return explainClock({
    ...input,
    facts: { ...facts, lastActivity: facts.lastActivity && { at: facts.lastActivity.at, what: 'NOTE', by: null } },
    calendar: createWorkingCalendar({
      weekdays: week.weekdays,
      country: week.china ? 'CN' : null,
      extraHolidays: week.extraHolidays,
      extraWorkdays: week.extraWorkdays,
    }),
    changes: change ? [{ at: change.at, former: change.former && { policy: change.former } }] : [],
  });
}

describe('the idle clock under random policies', () => {
  it('should give the date and the rule of a walk from day to day', () => {
    let dated = 0;
    fc.assert(
      fc.property(inputs, (input) => {
        const { reclaimOn, rule } = engineClock(input);
        expect({ reclaimOn, rule }).toEqual(slowClock(input));
        dated += reclaimOn === null ? 0 : 1;
      }),
      { numRuns: RUNS },
    );
    // The generator is worth something only if many clocks run.
    expect(dated).toBeGreaterThan(RUNS / 4);
  });

  it('should never make a customer due sooner because of a hold, a protection or a plan', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { reclaimOn } = engineClock(input);
        const bare = engineClock({
          ...input,
          holds: [],
          plan: null,
          facts: { ...input.facts, protectedUntil: null },
        }).reclaimOn;
        expect(reclaimOn === null).toBe(bare === null);
        expect((reclaimOn ?? '') >= (bare ?? '')).toBe(true);
      }),
      { numRuns: RUNS / 3 },
    );
  });

  it('should never make a customer due sooner because of an activity', () => {
    fc.assert(
      fc.property(inputs, moments, (input, at) => {
        const last = input.facts.lastActivity;
        fc.pre(last === null || last.at <= at);
        const before = engineClock(input).reclaimOn;
        const after = engineClock({ ...input, facts: { ...input.facts, lastActivity: { at } } }).reclaimOn;
        expect((after ?? '9999') >= (before ?? '9999')).toBe(true);
      }),
      { numRuns: RUNS / 3 },
    );
  });

  it('should answer the same again, whatever the time of day', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const noon = { ...input, now: `${input.now.slice(0, 10)}T12:00:00Z`, zone: 'UTC' };
        expect(engineClock(noon)).toEqual(engineClock({ ...noon, now: `${input.now.slice(0, 10)}T23:59:59.999Z` }));
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
