import { addDays, daysBetween, sayShortDate, sayWeekday } from './days';
import { say, type Locale } from './strings';

export interface Simulated {
  affected: number;
  byDay: { on: string; count: number }[];
  byOwner: { member: { id: string; name: string }; count: number }[];
}

const WEEK_DAYS = 7;

/** "Tonight 0, by Friday: 214, most of them Li Wei’s; 300 within 90 days." The day is the one on which most fall due. */
export function simulationWords({ affected, byDay, byOwner }: Simulated, today: string, locale: Locale): string {
  if (affected === 0) return say(locale, 'simulationNone');
  const within = (last: string) => byDay.filter(({ on }) => on <= last).reduce((sum, { count }) => sum + count, 0);
  const peak = byDay.reduce((most, day) => (day.count > most.count ? day : most), {
    on: addDays(today, WEEK_DAYS - 1),
    count: 0,
  });
  const day = daysBetween(today, peak.on) < WEEK_DAYS ? sayWeekday(peak.on, locale) : sayShortDate(peak.on, locale);
  const [most] = byOwner;
  const values = {
    tonight: within(today),
    day,
    count: within(peak.on),
    all: affected,
    name: most?.member.name ?? say(locale, 'nobody'),
  };
  return say(locale, byOwner.length > 1 ? 'simulationText' : 'simulationTextOne', values);
}
