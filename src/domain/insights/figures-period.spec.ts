import { figuresPeriod } from './figures-period';

const hour = 3_600_000;
const hoursOfDays = (bounds: string[]) =>
  bounds.slice(1).map((end, index) => (Date.parse(end) - Date.parse(bounds[index] ?? '')) / hour);

describe('the days of figures', () => {
  it('should end with the local day of now, to its end', () => {
    expect(figuresPeriod('2026-03-10T16:30:00.000Z', 'Asia/Shanghai', 2)).toEqual({
      days: ['2026-03-10', '2026-03-11'],
      bounds: ['2026-03-09T16:00:00.000Z', '2026-03-10T16:00:00.000Z', '2026-03-11T16:00:00.000Z'],
    });
  });

  it.each([
    ['Europe/London', '2026-03-30T12:00:00.000Z', [24, 23, 24]],
    ['Europe/London', '2026-10-26T12:00:00.000Z', [24, 25, 24]],
    // Midnight does not exist on that day: it begins at one.
    ['America/Santiago', '2026-09-07T12:00:00.000Z', [24, 23, 24]],
  ])('should make a day as long as it is in %s when clocks change (%s)', (zone, now, hours) => {
    expect(hoursOfDays(figuresPeriod(now, zone, 3).bounds)).toEqual(hours);
  });

  it('should take a year and a day', () => {
    const { days, bounds } = figuresPeriod('2027-01-01T00:00:00.000Z', 'UTC', 366);
    expect([days[0], days.at(-1), days.length, bounds.length]).toEqual(['2026-01-01', '2027-01-01', 366, 367]);
  });
});
