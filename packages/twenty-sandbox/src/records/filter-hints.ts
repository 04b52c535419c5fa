import { isUuid } from '../ids';
import type { RecordFilter } from './record.types';
import type { RecordTable } from './record-table';

function isObject(value: unknown): value is RecordFilter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const list = (value: unknown): RecordFilter[] => (Array.isArray(value) ? value : [value]).filter(isObject);

/** Ids outside which nothing can match the filter, from the table's indexes; undefined when only a scan can tell. */
export function candidateIds(table: RecordTable, filter: RecordFilter): ReadonlySet<string> | undefined {
  let best: ReadonlySet<string> | undefined;
  const offer = (ids: ReadonlySet<string> | undefined): void => {
    if (ids && (!best || ids.size < best.size)) best = ids;
  };
  for (const [key, value] of Object.entries(filter)) {
    if (key === 'and') list(value).forEach((part) => offer(candidateIds(table, part)));
    else if (key === 'or') offer(unionOf(list(value).map((part) => candidateIds(table, part))));
    else if (isObject(value)) offer(idsOfTest(table, key, value));
  }
  return best;
}

function idsOfTest(table: RecordTable, column: string, test: RecordFilter): ReadonlySet<string> | undefined {
  const wanted = isUuid(test.eq) ? [test.eq] : Array.isArray(test.in) ? test.in.filter(isUuid) : undefined;
  if (!wanted) return undefined;
  const ids = wanted.map((id) => id.toLowerCase());
  if (column === 'id') return new Set(ids);
  if (!table.isRelation(column)) return undefined;
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return table.related(column, only);
  return new Set(ids.flatMap((id) => [...table.related(column, id)]));
}

function unionOf(parts: (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  if (parts.length === 0) return undefined;
  const union = new Set<string>();
  for (const part of parts) {
    if (!part) return undefined;
    for (const id of part) union.add(id);
  }
  return union;
}

/** The `updatedAt` before which nothing can match, so that a change cursor written as a filter does not read from the start. */
export function earliestUpdatedAt(filter: RecordFilter): string | undefined {
  let bound: string | undefined;
  const raise = (candidate: string | undefined): void => {
    if (candidate !== undefined && (bound === undefined || candidate > bound)) bound = candidate;
  };
  for (const [key, value] of Object.entries(filter)) {
    if (key === 'and') list(value).forEach((part) => raise(earliestUpdatedAt(part)));
    else if (key === 'or') raise(lowest(list(value).map(earliestUpdatedAt)));
    else if (key === 'updatedAt' && isObject(value)) raise(isoOf(value.gt ?? value.gte ?? value.eq));
  }
  return bound;
}

function isoOf(value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function lowest(bounds: (string | undefined)[]): string | undefined {
  let result: string | undefined;
  for (const bound of bounds) {
    if (bound === undefined) return undefined;
    if (result === undefined || bound < result) result = bound;
  }
  return result;
}
