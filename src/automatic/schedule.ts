import { CronTime } from 'cron';

/** Has the schedule come round since? @param since ISO instant up to which it was followed @returns false for a text that is no schedule */
export function hasComeRound(cron: string, timeZone: string, since: string, now: string): boolean {
  try {
    return new CronTime(cron, timeZone).getNextDateFrom(new Date(since), timeZone).toMillis() <= Date.parse(now);
  } catch {
    return false;
  }
}
