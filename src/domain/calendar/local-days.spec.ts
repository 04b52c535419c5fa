import { CalendarError } from './calendar.error';
import {
  addCalendarDays,
  addLocalDays,
  daysBetween,
  isLocalDate,
  isTimeZone,
  localDate,
  startOfLocalDate,
  startOfPeriod,
  utcInstant,
  weekdayOf,
} from './local-days';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CalendarError) return error.code;
    throw error;
  }
  return 'none';
}

describe('local days', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', 'Asia/Shanghai', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', 'Asia/Shanghai', '2026-03-02'],
    ['2026-03-01T16:00:00+08:00', 'Asia/Shanghai', '2026-03-01'],
    ['2026-03-08T04:59:59Z', 'America/New_York', '2026-03-07'],
    ['2026-03-09T03:59:59Z', 'America/New_York', '2026-03-08'],
    ['2026-03-09T04:00:00Z', 'America/New_York', '2026-03-09'],
    ['2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02'],
    ['2026-01-01T10:00:00Z', 'Pacific/Pago_Pago', '2025-12-31'],
    ['2026-01-01T18:14:59Z', 'Asia/Kathmandu', '2026-01-01'],
    ['2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02'],
  ])('should place %s in %s on %s', (instant, zone, date) => {
    expect(localDate(instant, zone)).toBe(date);
  });

  it('should begin a day, a Monday week and a month at local midnight', () => {
    const sunday = '2026-03-01T12:00:00Z';
    expect(startOfPeriod(sunday, 'Asia/Shanghai', 'DAY')).toEqual({
      start: '2026-02-28T16:00:00.000Z',
      end: '2026-03-01T16:00:00.000Z',
    });
    expect(startOfPeriod(sunday, 'Asia/Shanghai', 'WEEK')).toEqual({
      start: '2026-02-22T16:00:00.000Z',
      end: '2026-03-01T16:00:00.000Z',
    });
    expect(startOfPeriod(sunday, 'Asia/Shanghai', 'MONTH')).toEqual({
      start: '2026-02-28T16:00:00.000Z',
      end: '2026-03-31T16:00:00.000Z',
    });
  });

  it('should give a day of 23 hours in spring and of 25 in autumn', () => {
    expect(startOfPeriod('2026-03-08T12:00:00Z', 'America/New_York', 'DAY')).toEqual({
      start: '2026-03-08T05:00:00.000Z',
      end: '2026-03-09T04:00:00.000Z',
    });
    expect(startOfPeriod('2026-11-01T12:00:00Z', 'America/New_York', 'DAY')).toEqual({
      start: '2026-11-01T04:00:00.000Z',
      end: '2026-11-02T05:00:00.000Z',
    });
  });

  it('should begin a day at one o’clock where midnight is skipped', () => {
    expect(startOfLocalDate('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  });

  it('should keep the wall time when days are added over a clock change', () => {
    expect(addLocalDays('2026-03-07T20:00:00Z', 'America/New_York', 1)).toBe('2026-03-08T19:00:00.000Z');
    expect(addLocalDays('2026-03-08T19:00:00Z', 'America/New_York', -1)).toBe('2026-03-07T20:00:00.000Z');
  });

  it('should move a wall time that clocks skip forward by the gap', () => {
    expect(addLocalDays('2026-03-07T07:30:00Z', 'America/New_York', 1)).toBe('2026-03-08T07:30:00.000Z');
  });

  it('should count dates across months, leap days and backwards', () => {
    expect(addCalendarDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addCalendarDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addCalendarDays('9999-12-31', 30)).toBe('9999-12-31');
    expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
    expect(daysBetween('2026-03-02', '2026-02-27')).toBe(-3);
    expect(weekdayOf('2026-03-02')).toBe(1);
    expect(weekdayOf('2026-03-01')).toBe(7);
  });

  it('should refuse what is no instant, date, number of days or zone name with a code', () => {
    expect(codeOf(() => localDate('yesterday', 'Asia/Shanghai'))).toBe('INVALID_INSTANT');
    expect(codeOf(() => localDate('2026-01-01T00:00:00', 'Asia/Shanghai'))).toBe('INVALID_INSTANT');
    expect(codeOf(() => localDate('2026-01-01T00:00:00Z', 'Mars/Olympus'))).toBe('UNKNOWN_TIME_ZONE');
    expect(codeOf(() => startOfLocalDate('2026-01-01', '+08:00'))).toBe('UNKNOWN_TIME_ZONE');
    expect(codeOf(() => addCalendarDays('2026-02-30', 1))).toBe('INVALID_DATE');
    expect(codeOf(() => addCalendarDays('20260201', 1))).toBe('INVALID_DATE');
    expect(codeOf(() => addCalendarDays('2026-02-01', 1.5))).toBe('INVALID_DAY_COUNT');
  });

  it('should tell a usable zone or date from one that is not', () => {
    expect(['Asia/Shanghai', 'UTC', 'America/New_York'].every(isTimeZone)).toBe(true);
    expect(['system', '', '+08:00', '2026-01-01T00:00Z[Asia/Tokyo]'].some(isTimeZone)).toBe(false);
    expect(isLocalDate('2028-02-29')).toBe(true);
    expect(['2026-02-29', '0000-01-01', '+002026-01-01'].some(isLocalDate)).toBe(false);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T08:00+08:00', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00.123456789-23:59', '2026-01-01T23:59:00.123Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('should read the instant %s as %s', (text, instant) => expect(utcInstant(text)).toBe(instant));

  it.each([
    '',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01T10Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:59:60Z',
    '+275760-09-13T00:00:00.000Z',
    '+002026-01-01T00:00:00Z',
    '0000-12-31T00:00:00Z',
    '0001-01-01T00:00:00+08:00',
    '9999-12-31T23:59:59-23:59',
    'Tue Nov 28 2026 (hello)',
    '2026-01-01T00:00:00Z[UTC]',
    ' 2026-01-01T00:00:00Z',
  ])('should read no instant in %p', (text) => expect(utcInstant(text)).toBeNull());
});
