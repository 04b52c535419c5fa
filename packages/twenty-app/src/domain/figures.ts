import { say, type Locale } from './strings';

/** Of the customers taken from pools in a period; rates from 0 to 1, medians in hours; null is unknown. */
export interface TenureFigures {
  taken: number;
  reclaimed: number;
  released: number;
  won: number;
  reclaimRate: number | null;
  conversionRate: number | null;
  medianHoursToClaim: number | null;
  medianHoursToFirstActivity: number | null;
}

interface Named {
  id: string;
  name: string;
}

export interface FiguresAnswer {
  /** Local dates, both included. */
  from: string;
  to: string;
  flow: { on: string; into: number; out: number }[];
  total: TenureFigures;
  byPool: { pool: Named; figures: TenureFigures }[];
  byMember: { member: Named; ownsNow: number; figures: TenureFigures }[];
  /** Why customers were given back or archived, most frequent first; null is no reason given. */
  reasons: { type: 'RELEASED' | 'ARCHIVED'; reason: string | null; count: number }[];
}

/** A line of a table that compares: a rep, or a pool. */
export interface FiguresRow {
  id: string;
  name: string;
  ownsNow?: number;
  figures: TenureFigures;
}

export type FiguresColumn = 'name' | 'ownsNow' | Exclude<keyof TenureFigures, 'reclaimed' | 'won'>;

export interface Sorting {
  column: FiguresColumn;
  descending: boolean;
}

/** What a column compares; null is unknown. */
export const figureOf = ({ ownsNow, figures }: FiguresRow, column: Exclude<FiguresColumn, 'name'>): number | null =>
  column === 'ownsNow' ? (ownsNow ?? null) : figures[column];

/** In the order of one column, what is unknown last either way; equal lines keep their order. */
export function sortRows(rows: FiguresRow[], { column, descending }: Sorting, locale: Locale): FiguresRow[] {
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (column === 'name') return turn * a.name.localeCompare(b.name, locale);
    const [left, right] = [figureOf(a, column), figureOf(b, column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * (left - right);
  });
}

const HOUR_MINUTES = 60;
const LONGEST_IN_HOURS = 48;

/** A duration as people say it: minutes, hours or days. */
export function sayHours(hours: number | null, locale: Locale): string {
  if (hours === null) return '—';
  if (hours < 1) return say(locale, 'minutesShort', { count: Math.max(1, Math.round(hours * HOUR_MINUTES)) });
  if (hours < LONGEST_IN_HOURS) return say(locale, 'hoursShort', { count: Math.round(hours * 10) / 10 });
  return say(locale, 'daysShort', { count: Math.round((hours / 24) * 10) / 10 });
}

/** A share as a percentage, without decimals. */
export function sayShare(rate: number | null, locale: Locale): string {
  return rate === null ? '—' : rate.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
}
