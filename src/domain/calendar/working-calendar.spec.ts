import { CalendarError } from './calendar.error';
import { addCalendarDays } from './local-days';
import { type WorkingCalendarSettings, createWorkingCalendar } from './working-calendar';

const WEEK = [1, 2, 3, 4, 5];
const calendar = (changes: Partial<WorkingCalendarSettings> = {}) =>
  createWorkingCalendar({ weekdays: WEEK, extraHolidays: [], extraWorkdays: [], ...changes });
const china = calendar({ country: 'CN' });

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CalendarError) return error.code;
    throw error;
  }
  return 'none';
}

describe('working calendar', () => {
  it('should count weekdays only', () => {
    const plain = calendar();
    expect(plain.isWorkingDay('2026-03-06')).toBe(true);
    expect(plain.isWorkingDay('2026-03-07')).toBe(false);
    expect(plain.addDays('2026-03-06', 1, 'WORKING')).toBe('2026-03-09');
    expect(plain.addDays('2026-03-07', 5, 'WORKING')).toBe('2026-03-13');
    expect(plain.addDays('2026-03-07', 0, 'WORKING')).toBe('2026-03-07');
    expect(plain.addDays('2026-03-06', 5, 'CALENDAR')).toBe('2026-03-11');
  });

  it.each([
    ['2026-02-13', true],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-16', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-03-01', false],
    ['2026-05-09', true],
    ['2026-09-20', true],
    ['2026-10-01', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2025-01-26', true],
    ['2025-01-28', false],
    ['2025-02-04', false],
    ['2025-02-08', true],
    ['2025-09-28', true],
  ])('should follow the State Council notice on %s: worked %s', (date, worked) => {
    expect(china.isWorkingDay(date)).toBe(worked);
  });

  it('should step over Chinese New Year and onto its make-up Saturdays', () => {
    expect(china.addDays('2026-02-13', 1, 'WORKING')).toBe('2026-02-14');
    expect(china.addDays('2026-02-13', 2, 'WORKING')).toBe('2026-02-24');
    expect(china.nextDay('2026-02-27', 'WORKING')).toBe('2026-02-28');
    expect(china.countDays('2026-02-13', '2026-02-28', 'WORKING')).toBe(7);
  });

  it('should use the statutory days, full days only, of a year that is not published', () => {
    expect(china.isWorkingDay('2035-10-01')).toBe(false);
    expect(china.isWorkingDay('2035-02-08')).toBe(false);
    expect(china.isWorkingDay('2035-03-08')).toBe(true);
    expect(china.isWorkingDay('2035-06-01')).toBe(true);
  });

  it('should know holidays by country, state and several days in a row', () => {
    expect(calendar({ country: 'US' }).isWorkingDay('2026-11-26')).toBe(false);
    expect(calendar({ country: 'US' }).isWorkingDay('2026-07-03')).toBe(false);
    expect(calendar({ country: 'DE' }).isWorkingDay('2026-01-06')).toBe(true);
    expect(calendar({ country: 'de-by' }).isWorkingDay('2026-01-06')).toBe(false);
    expect(calendar({ country: 'TR' }).isWorkingDay('2026-05-29')).toBe(false);
  });

  it('should let the extra lists win over country and weekdays, and the holiday over the workday', () => {
    const own = calendar({
      country: 'CN',
      extraHolidays: ['2026-03-02', '2026-02-14', '2026-03-08'],
      extraWorkdays: ['2026-02-17', '2026-03-07', '2026-03-08'],
    });
    expect(own.isWorkingDay('2026-03-02')).toBe(false);
    expect(own.isWorkingDay('2026-02-14')).toBe(false);
    expect(own.isWorkingDay('2026-02-17')).toBe(true);
    expect(own.isWorkingDay('2026-03-07')).toBe(true);
    expect(own.isWorkingDay('2026-03-08')).toBe(false);
  });

  it('should agree with counting day by day across years', () => {
    for (const from of ['2025-12-20', '2026-02-01', '2026-09-18']) {
      let date = from;
      let worked = 0;
      for (let step = 0; step < 400; step += 1) {
        date = addCalendarDays(date, 1);
        if (!china.isWorkingDay(date)) continue;
        worked += 1;
        expect(china.addDays(from, worked, 'WORKING')).toBe(date);
      }
      expect(china.countDays(addCalendarDays(from, 1), date, 'WORKING')).toBe(worked);
    }
  });

  it('should answer at once, and at most with the last date, for a date that stands for "never"', () => {
    expect(china.addDays('9999-12-31', 30, 'WORKING')).toBe('9999-12-31');
    expect(china.addDays('2500-01-01', 3, 'WORKING')).toBe('2500-01-04');
    expect(china.addDays('2060-12-31', 2, 'WORKING')).toBe('2061-01-02');
    expect(china.countDays('9999-12-01', '9999-12-31', 'WORKING')).toBe(31);
    expect(china.firstDayFrom('9999-12-31', 'WORKING')).toBe('9999-12-31');
  });

  it('should refuse a setting that cannot be used with its code', () => {
    expect(codeOf(() => calendar({ country: 'XX' }))).toBe('UNKNOWN_COUNTRY');
    expect(codeOf(() => calendar({ country: 'DE-ZZ' }))).toBe('UNKNOWN_COUNTRY');
    expect(codeOf(() => calendar({ country: 'constructor' }))).toBe('UNKNOWN_COUNTRY');
    expect(codeOf(() => calendar({ weekdays: [] }))).toBe('NO_WORKING_DAY');
    expect(codeOf(() => calendar({ weekdays: [0] }))).toBe('INVALID_WEEKDAYS');
    expect(codeOf(() => calendar({ extraHolidays: ['2026-13-01'] }))).toBe('INVALID_DATE');
    expect(codeOf(() => china.addDays('2026-01-01', -1, 'WORKING'))).toBe('INVALID_DAY_COUNT');
  });
});
