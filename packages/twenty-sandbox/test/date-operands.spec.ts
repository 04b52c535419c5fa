import { dateFilter } from '../src/date-operands';

const NOON = Date.parse('2026-03-10T12:00:00.000Z');

describe("Twenty's operands on dates", () => {
  it.each([
    ['IS_TODAY', '', { gte: '2026-03-10', lt: '2026-03-11' }],
    ['IS_IN_PAST', '', { lt: '2026-03-10' }],
    ['IS_IN_FUTURE', '', { gt: '2026-03-10' }],
    ['IS_RELATIVE', 'NEXT_7_DAY', { gte: '2026-03-11', lt: '2026-03-18' }],
    ['IS_RELATIVE', 'PAST_30_DAY', { gte: '2026-02-08', lt: '2026-03-10' }],
    ['IS', ['2026-03-10'], undefined],
  ])('should read %s %p as days do, today being in neither the next nor the past ones', (operand, value, filter) => {
    expect(dateFilter(operand, value, true, NOON)).toEqual(filter);
  });

  it('should compare instants to the millisecond', () => {
    expect(dateFilter('IS_IN_FUTURE', '', false, NOON)).toEqual({ gt: '2026-03-10T12:00:00.000Z' });
    expect(dateFilter('IS_RELATIVE', 'PAST_1_DAY', false, NOON)).toEqual({
      gte: '2026-03-09T00:00:00.000Z',
      lt: '2026-03-10T00:00:00.000Z',
    });
  });
});
