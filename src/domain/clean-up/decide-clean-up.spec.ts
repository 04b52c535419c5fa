import fc from 'fast-check';
import { policyOf } from '../../../test/support/domain-builders';
import { addCalendarDays, localDate } from '../calendar/local-days';
import { createWorkingCalendar } from '../calendar/working-calendar';
import type { PoolPolicy } from '../pool/pool-policy';
import { archivesFrom } from './archives-from';
import { cleanUpBounds } from './clean-up-bounds';
import { type CleanUpMoment, archives, cleanUpPolicy } from './clean-up.types';
import { type CleanUpCandidate, decideCleanUp } from './decide-clean-up';

/** China's National Day week, with the make-up day 10 October 2026. */
const calendar = createWorkingCalendar({
  weekdays: [1, 2, 3, 4, 5],
  extraHolidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  extraWorkdays: ['2026-10-10'],
});
const at = (now: string, zone = 'Asia/Shanghai'): CleanUpMoment => ({ now, zone, calendar });
const policy = (changes: Partial<PoolPolicy>) => cleanUpPolicy(policyOf(changes));
const pooled = (changes: Partial<CleanUpCandidate> = {}): CleanUpCandidate => ({
  pooledSince: '2026-03-02T07:00:00.000Z',
  broughtBackAt: null,
  returns: 0,
  isLocked: false,
  protectedUntil: null,
  quietUntil: null,
  ...changes,
});

describe('a customer that nobody claims', () => {
  const week = policy({ staleDays: 7 });

  it('should be stale the day after its last safe day, whenever on its first day it was pooled', () => {
    for (const pooledSince of ['2026-03-01T16:00:00.000Z', '2026-03-02T15:59:59.999Z']) {
      expect(decideCleanUp(pooled({ pooledSince }), week, at('2026-03-09T15:59:59.999Z'))).toBeNull();
      expect(decideCleanUp(pooled({ pooledSince }), week, at('2026-03-09T16:00:00.000Z'))).toEqual({
        reason: 'STALE',
        facts: { pooledSince, days: 8, limit: 7 },
      });
    }
  });

  it('should be judged by the local days of the workspace', () => {
    const now = '2026-03-09T17:00:00.000Z';
    expect(decideCleanUp(pooled(), week, at(now, 'Asia/Shanghai'))?.reason).toBe('STALE');
    expect(decideCleanUp(pooled(), week, at(now, 'Europe/London'))).toBeNull();
  });

  it('should be given as many working days where the pool counts those', () => {
    const working = policy({ staleDays: 3, dayCounting: 'WORKING' });
    // A Wednesday before the holidays: Thursday the 8th, Friday and the Saturday that is worked are safe.
    const candidate = pooled({ pooledSince: '2026-09-30T03:00:00.000Z' });
    for (const day of ['2026-10-04', '2026-10-10', '2026-10-11'])
      expect(decideCleanUp(candidate, working, at(`${day}T04:00:00.000Z`))).toBeNull();
    expect(decideCleanUp(candidate, working, at('2026-10-12T04:00:00.000Z'))).toMatchObject({
      reason: 'STALE',
      facts: { days: 4, limit: 3 },
    });
  });

  it('should wait anew from when it was brought back from the archive', () => {
    const broughtBackAt = '2026-04-01T03:00:00.000Z';
    expect(decideCleanUp(pooled({ broughtBackAt }), week, at('2026-04-08T03:00:00.000Z'))).toBeNull();
    expect(decideCleanUp(pooled({ broughtBackAt }), week, at('2026-04-09T03:00:00.000Z'))?.facts).toMatchObject({
      broughtBackAt,
      days: 8,
    });
    // Restored, it was pooled at that moment.
    expect(
      decideCleanUp(pooled({ pooledSince: broughtBackAt, broughtBackAt }), week, at('2026-04-09T03:00:00.000Z'))?.facts,
    ).toEqual({ pooledSince: broughtBackAt, days: 8, limit: 7 });
  });
});

describe('a customer that came back', () => {
  const twice = policy({ maxReturns: 2 });

  it('should be cleaned up from the day after its last return allowed', () => {
    expect(decideCleanUp(pooled({ returns: 1 }), twice, at('2027-03-02T07:00:00.000Z'))).toBeNull();
    expect(decideCleanUp(pooled({ returns: 2 }), twice, at('2026-03-02T15:59:59.999Z'))).toBeNull();
    expect(decideCleanUp(pooled({ returns: 2 }), twice, at('2026-03-02T16:00:00.000Z'))).toEqual({
      reason: 'RETURNED_TOO_OFTEN',
      facts: { pooledSince: '2026-03-02T07:00:00.000Z', returns: 2, limit: 2 },
    });
  });

  it('should be called stale when it is both', () => {
    expect(
      decideCleanUp(pooled({ returns: 9 }), policy({ maxReturns: 2, staleDays: 7 }), at('2026-03-20T07:00:00.000Z'))
        ?.reason,
    ).toBe('STALE');
    expect(
      decideCleanUp(pooled({ returns: 9 }), policy({ maxReturns: 2, staleDays: 7 }), at('2026-03-05T07:00:00.000Z'))
        ?.reason,
    ).toBe('RETURNED_TOO_OFTEN');
  });
});

describe('a customer that is to stay', () => {
  const all = policy({ staleDays: 1, maxReturns: 1 });
  const now = '2026-06-01T03:00:00.000Z';
  it.each<[string, Partial<CleanUpCandidate>, boolean]>([
    ['locked', { isLocked: true }, true],
    ['protected until tomorrow', { protectedUntil: '2026-06-01T16:00:00.000Z' }, true],
    ['protected until today', { protectedUntil: '2026-06-01T15:59:00.000Z' }, false],
    ['kept quiet until tomorrow', { quietUntil: '2026-06-02' }, true],
    ['kept quiet until today', { quietUntil: '2026-06-01' }, false],
    ['in no pool yet', { pooledSince: null }, true],
  ])('should, %s, be left alone or not', (_, changes, isLeft) => {
    expect(decideCleanUp(pooled({ returns: 5, ...changes }), all, at(now)) === null).toBe(isLeft);
  });

  it('should be left alone where clean-up is off, or the pool is inactive', () => {
    for (const off of [policy({}), policy({ isActive: false, staleDays: 1, maxReturns: 1 })])
      expect(decideCleanUp(pooled({ returns: 5 }), off, at(now))).toBeNull();
  });
});

describe('archiving', () => {
  it('should be of active pools that ask for it and have a number', () => {
    const asks = { staleAction: 'ARCHIVE' as const, staleDays: 30 };
    expect(
      [
        asks,
        { ...asks, staleDays: null, maxReturns: 3 },
        { ...asks, staleDays: null },
        { ...asks, isActive: false },
        { staleDays: 30 },
      ].map((changes) => archives(policy(changes))),
    ).toEqual([true, true, false, false, false]);
  });

  it('should read a policy that is older than these fields as off', () => {
    const { staleDays: _, staleAction: __, maxReturns: ___, ...older } = policyOf();
    expect(cleanUpPolicy(older as PoolPolicy)).toEqual(policy({}));
  });

  it.each<[Partial<PoolPolicy>, string]>([
    [{ graceDays: 7 }, '2026-10-07'],
    [{ graceDays: 7, dayCounting: 'WORKING' }, '2026-10-15'],
    [{ graceDays: 0 }, '2026-09-29'],
    [{ graceDays: null }, '2026-09-29'],
  ])('should begin when the grace %j of an edit has passed: %s', (changes, first) => {
    expect(archivesFrom('2026-09-29T10:00:00.000Z', policyOf(changes), at('2026-09-30T00:00:00.000Z'))).toBe(first);
  });
});

describe('what a query asks for', () => {
  it('should be what the decision says', () => {
    const instant = fc
      .integer({ min: Date.UTC(2026, 7, 1), max: Date.UTC(2026, 10, 30) })
      .map((time) => new Date(time).toISOString());
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    fc.assert(
      fc.property(
        fc.record({
          isActive: fc.boolean(),
          dayCounting: fc.constantFrom('CALENDAR' as const, 'WORKING' as const),
          staleDays: some(fc.integer({ min: 1, max: 60 })),
          maxReturns: some(fc.integer({ min: 1, max: 4 })),
        }),
        fc.record({
          pooledSince: instant,
          broughtBackAt: some(instant),
          returns: fc.integer({ min: 0, max: 5 }),
          isLocked: fc.boolean(),
          protectedUntil: some(instant),
          quietUntil: some(instant.map((value) => value.slice(0, 10))),
        }),
        instant,
        fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'Pacific/Kiritimati'),
        (changes, candidate, now, zone) => {
          const moment = at(now, zone);
          const rules = policy(changes);
          const { staleBefore, returnedBefore, maxReturns, today, tomorrow } = cleanUpBounds('pool-a', rules, moment);
          const { pooledSince, broughtBackAt, protectedUntil, quietUntil } = candidate;
          const isFound =
            !candidate.isLocked &&
            (protectedUntil === null || protectedUntil < tomorrow) &&
            (quietUntil === null || quietUntil <= today) &&
            ((staleBefore !== null &&
              pooledSince < staleBefore &&
              (broughtBackAt === null || broughtBackAt < staleBefore)) ||
              (returnedBefore !== null &&
                maxReturns !== null &&
                pooledSince < returnedBefore &&
                candidate.returns >= maxReturns));
          expect(isFound).toBe(decideCleanUp(candidate, rules, moment) !== null);
          expect(addCalendarDays(today, 1)).toBe(localDate(tomorrow, zone));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
