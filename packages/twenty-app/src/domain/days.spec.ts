import { sayAgo, sayWeekday } from './days';

describe('days in words', () => {
  it.each([
    ['2026-11-22T08:00:00', 'today', '今天'],
    ['2026-11-21T08:00:00', 'yesterday', '昨天'],
    ['2026-11-10T08:00:00', '12 days ago', '12天前'],
    ['2026-08-01T08:00:00', '3 months ago', '3个月前'],
    // The clock of the browser is ahead of the workspace's day.
    ['2026-11-23T01:00:00', 'today', '今天'],
  ])('should say %s as seen from November 22', (at, en, zh) => {
    expect([sayAgo(at, '2026-11-22', 'en'), sayAgo(at, '2026-11-22', 'zh-CN')]).toEqual([en, zh]);
  });

  it('should name the weekday of a local date whatever the time zone of the browser', () => {
    expect([sayWeekday('2026-11-27', 'en'), sayWeekday('2026-11-27', 'zh-CN')]).toEqual(['Friday', '星期五']);
  });
});
