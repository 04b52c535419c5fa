import { nextSliceAt, roundMs } from './audit-pace';

const minute = 60_000;

describe('the pace of the audit', () => {
  it('should look at everything within a day, and not more often than hourly', () => {
    expect(roundMs(0)).toBe(60 * minute);
    expect(roundMs(20_000)).toBe(100 * minute);
    expect(roundMs(5_000_000)).toBe(1440 * minute);
  });

  it('should spread the slices evenly over the round', () => {
    expect(nextSliceAt({ startedAt: 0, done: 1000, size: 20_000 })).toBe(5 * minute);
    expect(nextSliceAt({ startedAt: 0, done: 1_000_000, size: 5_000_000 })).toBe(288 * minute);
  });

  it('should not wait past the end of the round where there is more than there was at its start', () => {
    expect(nextSliceAt({ startedAt: 7, done: 1000, size: 1 })).toBe(7 + 60 * minute);
    expect(nextSliceAt({ startedAt: 7, done: 0, size: 0 })).toBe(7);
  });
});
