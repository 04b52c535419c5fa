import chinaSchedule from 'chinese-days/dist/chinese-days.json';
import Holidays from 'date-holidays';
import { LRUCache } from 'lru-cache';

import { CalendarError } from './calendar.error';
import { addCalendarDays } from './local-days';

/** The public holidays of one year, and the weekend days worked in exchange (China's 调休). */
export interface CountryYear {
  holidays: ReadonlySet<string>;
  makeUpWorkdays: ReadonlySet<string>;
}

/** Beyond it nobody publishes holidays, and computing them for an open-ended leave would only cost time. */
export const LAST_KNOWN_YEAR = 2060;

const HOUR = 3_600_000;
const CHINA = 'CN';
const NONE: ReadonlySet<string> = new Set();
// A few workspaces' countries over the years that deadlines reach.
const years = new LRUCache<string, CountryYear>({ max: 512 });
const listed = new LRUCache<string, readonly string[]>({ max: 512 });
const rules = new LRUCache<string, Holidays>({ max: 16 });

/**
 * Checks a country setting: ISO 3166-1, with state and region where holidays differ ("CN", "DE-BY", "DE-BY-A").
 * @returns the code in capitals
 * @throws CalendarError UNKNOWN_COUNTRY
 */
export function knownCountry(code: string): string {
  const place = code.trim().toUpperCase();
  const [country = '', state, region, ...rest] = place.split('-');
  const all = new Holidays();
  const known =
    rest.length === 0 &&
    has(all.getCountries(), country) &&
    (state === undefined || has(all.getStates(country), state)) &&
    (state === undefined || region === undefined || has(all.getRegions(country, state), region));
  if (!known) throw new CalendarError('UNKNOWN_COUNTRY', `No public holidays are known for "${code}"`, code);
  return place;
}

/**
 * Holidays of a country that `knownCountry` accepted. China's are those of the yearly State Council notice; for a
 * year that is not published yet, the statutory days without make-up workdays.
 */
export function countryYear(place: string, year: number): CountryYear {
  if (year > LAST_KNOWN_YEAR) return { holidays: NONE, makeUpWorkdays: NONE };
  const key = `${place}:${year}`;
  const cached = years.get(key);
  if (cached) return cached;
  const found = (place === CHINA && publishedForChina(year)) || {
    // A holiday of several days that begins in December is listed with the year it begins in.
    holidays: new Set(
      [...publicDays(place, year - 1), ...publicDays(place, year)].filter((day) => yearOf(day) === year),
    ),
    makeUpWorkdays: NONE,
  };
  years.set(key, found);
  return found;
}

function publishedForChina(year: number): CountryYear | null {
  // The notice of a year always holds its National Day; without it the table has only the edge of another notice.
  if (!(`${year}-10-01` in chinaSchedule.holidays)) return null;
  const ofYear = (table: object): Set<string> => new Set(Object.keys(table).filter((day) => yearOf(day) === year));
  return { holidays: ofYear(chinaSchedule.holidays), makeUpWorkdays: ofYear(chinaSchedule.workdays) };
}

/** Full public holidays that begin in a year. */
function publicDays(place: string, year: number): readonly string[] {
  const key = `${place}:${year}`;
  const cached = listed.get(key);
  if (cached) return cached;
  const days = rulesOf(place)
    .getHolidays(year)
    .flatMap((holiday) => {
      if (holiday.type !== 'public') return [];
      const day = holiday.date.slice(0, 10);
      // Whole days only: half a day off (China's Women's Day) is still a working day. A day on which clocks change may last 23 hours.
      const length = Math.floor((holiday.end.getTime() - holiday.start.getTime() + HOUR) / (24 * HOUR));
      return Array.from({ length }, (_, index) => addCalendarDays(day, index));
    });
  listed.set(key, days);
  return days;
}

function rulesOf(place: string): Holidays {
  const cached = rules.get(place);
  if (cached) return cached;
  const [country = '', state = '', region = ''] = place.split('-');
  const created = new Holidays(country, state, region);
  // Children's Day gives the day off to children only.
  if (country === CHINA) created.unsetRule('06-01');
  rules.set(place, created);
  return created;
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function has(places: object | undefined, code: string): boolean {
  return places !== undefined && Object.hasOwn(places, code);
}
