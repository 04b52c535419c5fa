import fc from 'fast-check';
import { addCalendarDays } from '../calendar/local-days';
import { createWorkingCalendar } from '../calendar/working-calendar';
import type { ClockInput, ClockPolicy, Hold } from '../idle-clock/clock.types';
import { explainClock } from '../idle-clock/explain-clock';
import { extensionPeriod, waitingPeriod } from './hold-period';

const calendar = createWorkingCalendar({
  weekdays: [1, 2, 3, 4, 5],
  country: null,
  extraHolidays: ['2026-03-11'],
  extraWorkdays: [],
});
const policy: ClockPolicy = {
  isActive: true,
  firstFollowUpDays: 7,
  followUpDays: 7,
  noOpportunityDays: null,
  noDealDays: null,
  maxHoldDays: null,
  afterDateField: null,
  afterDateDays: null,
  dayCounting: 'CALENDAR',
  planDefersDays: null,
  graceDays: null,
  wonIsExempt: false,
  openOpportunityIsExempt: false,
};

/** Owned since 2 March 2026, a Monday; today is the date given. */
function reclaimOn(today: string, holds: Hold[], changes: Partial<ClockPolicy> = {}): string | null {
  const input: ClockInput = {
    facts: {
      ownedSince: '2026-03-02T04:00:00.000Z',
      lastActivity: null,
      lastOpportunityCreatedAt: null,
      lastWonAt: null,
      isWon: false,
      hasOpenOpportunity: false,
      protectedUntil: null,
      isLocked: false,
      afterDates: {},
    },
    policy: { ...policy, ...changes },
    calendar,
    zone: 'UTC',
    now: `${today}T05:00:00.000Z`,
    holds,
  };
  return explainClock(input).reclaimOn;
}

describe('the hold of an extension', () => {
  it.each([
    ['one day', '2026-03-04', 1, [], '2026-03-04'],
    ['five days from today', '2026-03-04', 5, [], '2026-03-08'],
    ['beside a leave that is not over', '2026-03-04', 2, [{ from: '2026-03-01', until: '2026-03-06' }], '2026-03-08'],
    ['around a hold in between', '2026-03-04', 3, [{ from: '2026-03-05', until: '2026-03-09' }], '2026-03-11'],
  ])('should cover %s', (_, today, days, others, until) => {
    expect(extensionPeriod({ today, days, counting: 'CALENDAR', calendar }, others)).toEqual({ from: today, until });
  });

  it('should count working days where the pool does, without weekends and holidays', () => {
    expect(extensionPeriod({ today: '2026-03-07', days: 3, counting: 'WORKING', calendar }, [])).toEqual({
      from: '2026-03-07',
      until: '2026-03-12',
    });
  });

  it('should move the reclaim date by exactly the days asked for, whatever else holds the clock', () => {
    const hold = fc.record({ start: fc.integer({ min: -10, max: 30 }), length: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(hold, { maxLength: 4 }),
        fc.constantFrom('CALENDAR' as const, 'WORKING' as const),
        (passed, days, drawn, counting) => {
          const today = addCalendarDays('2026-03-02', passed);
          const others = drawn.map(({ start, length }) => ({
            from: addCalendarDays('2026-03-02', start),
            until: addCalendarDays('2026-03-02', start + length),
          }));
          const before = reclaimOn(today, others, { dayCounting: counting }) ?? '';
          const extension = extensionPeriod({ today, days, counting, calendar }, others);
          const after = reclaimOn(today, [...others, extension], { dayCounting: counting }) ?? '';
          const heldAfterwards = others.filter(({ until }) => until >= before);
          // What is held between the old date and the new one is added to them.
          const counted = openDays(before, after, heldAfterwards, counting);
          expect(counted).toBe(days);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('should put off a return that is overdue', () => {
    const extension = extensionPeriod({ today: '2026-03-20', days: 5, counting: 'CALENDAR', calendar }, []);
    expect(reclaimOn('2026-03-20', [extension])).toBe('2026-03-25');
  });
});

describe('the wait for a manager', () => {
  it.each([
    [3, 'CALENDAR' as const, '2026-03-09'],
    [null, 'CALENDAR' as const, '2026-03-09'],
    [2, 'WORKING' as const, '2026-03-10'],
  ])('should last through the day of approvalDays %p in %s days', (approvalDays, counting, until) => {
    expect(waitingPeriod('2026-03-06', approvalDays, counting, calendar)).toEqual({ from: '2026-03-06', until });
  });
});

/** Counted days from one date until before another that no hold covers. */
function openDays(from: string, to: string, holds: Hold[], counting: 'CALENDAR' | 'WORKING'): number {
  let open = 0;
  for (let date = from; date < to; date = addCalendarDays(date, 1)) {
    const counted = counting === 'CALENDAR' || calendar.isWorkingDay(date);
    if (counted && !holds.some((hold) => hold.from <= date && date <= hold.until)) open += 1;
  }
  return open;
}
