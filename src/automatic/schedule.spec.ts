import { hasComeRound } from './schedule';

describe('the schedule of a pool', () => {
  const workdaysAtNine = '0 9 * * 1-5';

  it('should come round at its time in the workspace’s zone, once', () => {
    // Monday 9:00 in Shanghai is 1:00 UTC.
    expect(hasComeRound(workdaysAtNine, 'Asia/Shanghai', '2026-03-02T00:00:00.000Z', '2026-03-02T00:59:59.999Z')).toBe(
      false,
    );
    expect(hasComeRound(workdaysAtNine, 'Asia/Shanghai', '2026-03-02T00:00:00.000Z', '2026-03-02T01:00:00.000Z')).toBe(
      true,
    );
    expect(hasComeRound(workdaysAtNine, 'Asia/Shanghai', '2026-03-02T01:00:00.000Z', '2026-03-02T12:00:00.000Z')).toBe(
      false,
    );
  });

  it('should wait over the week-end, and be followed after a time in which nobody looked', () => {
    expect(hasComeRound(workdaysAtNine, 'Asia/Shanghai', '2026-03-06T02:00:00.000Z', '2026-03-08T12:00:00.000Z')).toBe(
      false,
    );
    expect(hasComeRound(workdaysAtNine, 'Asia/Shanghai', '2026-02-01T00:00:00.000Z', '2026-03-08T12:00:00.000Z')).toBe(
      true,
    );
  });

  it('should never come round when it is no schedule', () => {
    expect(hasComeRound('now and then', 'Asia/Shanghai', '2020-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')).toBe(
      false,
    );
  });
});
