import { addDays } from './days';

/** A local date with what is drawn upwards for it and, of a second kind, downwards. */
export interface DayCount {
  on: string;
  up: number;
  down?: number;
}

/** One bar: a day, or the days from `on` to `until`. */
export interface DayBar extends DayCount {
  until: string;
}

const WEEK = 7;
/** More bars than this are too thin to point at: weeks are drawn instead. */
const MOST_BARS = 92;

/** At least so many days, the missing ones after the last; so that a single day is seen among days without anything. */
export function spread(days: DayCount[], least: number, today: string): DayCount[] {
  const first = days[0]?.on ?? today;
  const two = days.some(({ down }) => down !== undefined);
  const missing = Array.from({ length: Math.max(0, least - days.length) }, (_, index) => ({
    on: addDays(first, days.length + index),
    up: 0,
    ...(two && { down: 0 }),
  }));
  return [...days, ...missing];
}

/** Days as they are drawn: one by one, or by weeks of which the last ends on the last day. */
export function toBars(days: DayCount[]): DayBar[] {
  if (days.length <= MOST_BARS) return days.map((day) => ({ ...day, until: day.on }));
  const weeks: DayBar[] = [];
  for (let end = days.length; end > 0; end -= WEEK) {
    const week = days.slice(Math.max(0, end - WEEK), end);
    const [first, last] = [week[0], week.at(-1)];
    if (!first || !last) continue;
    const sum = (of: (day: DayCount) => number) => week.reduce((total, day) => total + of(day), 0);
    weeks.unshift({
      on: first.on,
      until: last.on,
      up: sum(({ up }) => up),
      ...(first.down !== undefined && { down: sum(({ down = 0 }) => down) }),
    });
  }
  return weeks;
}

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The number that an axis ends with: round, and not below `most`. */
export function roundTop(most: number): number {
  if (most <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  return (STEPS.find((step) => step * power >= most && Number.isInteger(step * power)) ?? 10) * power;
}
