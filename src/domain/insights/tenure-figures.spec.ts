import { tenureFigures } from './tenure-figures';

describe('figures of tenures', () => {
  it('should give shares of what was taken, whether or not a deal was won before it went back', () => {
    const counts = {
      taken: 8,
      reclaimed: 2,
      released: 5,
      won: 6,
      medianHoursToClaim: 3.5,
      medianHoursToFirstActivity: null,
    };
    expect(tenureFigures(counts)).toEqual({ ...counts, reclaimRate: 0.25, conversionRate: 0.75 });
  });

  it('should have no shares of nothing', () => {
    expect(tenureFigures()).toEqual({
      taken: 0,
      reclaimed: 0,
      released: 0,
      won: 0,
      reclaimRate: null,
      conversionRate: null,
      medianHoursToClaim: null,
      medianHoursToFirstActivity: null,
    });
  });
});
