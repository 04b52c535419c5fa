import type { FilterKind, FilterOperator, FilterRow, FilterRows } from './filter-field.types';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const only = (value: unknown): [string, unknown] | undefined => {
  const entries = isObject(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
};

export const OPERATORS: Record<FilterKind, FilterOperator[]> = {
  text: ['is', 'isNot', 'contains', 'isEmpty', 'isNotEmpty'],
  number: ['is', 'atLeast', 'atMost', 'isEmpty', 'isNotEmpty'],
  yesNo: ['is'],
  choice: ['anyOf', 'isEmpty', 'isNotEmpty'],
  choices: ['anyOf', 'isEmpty', 'isNotEmpty'],
  date: ['atLeast', 'atMost', 'isEmpty', 'isNotEmpty'],
};

export const takesValue = (operator: FilterOperator): boolean => operator !== 'isEmpty' && operator !== 'isNotEmpty';

/** A row with nothing entered means nothing yet. */
export const isComplete = ({ operator, value }: FilterRow): boolean => !takesValue(operator) || value.length > 0;

const nested = (path: string, condition: unknown): Json =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), condition) as Json;

function conditionOf({ path, operator, value }: FilterRow, kind: FilterKind): Json {
  const text = Array.isArray(value) ? '' : value;
  const typed = kind === 'number' ? Number(text) : kind === 'yesNo' ? text === 'true' : text;
  switch (operator) {
    case 'is':
      return nested(path, { eq: typed });
    case 'isNot':
      return { not: nested(path, { eq: typed }) };
    case 'contains':
      return nested(path, { ilike: `%${text}%` });
    case 'atLeast':
      return nested(path, { gte: typed });
    case 'atMost':
      return nested(path, { lte: typed });
    case 'anyOf':
      return nested(path, { [kind === 'choices' ? 'containsAny' : 'in']: value });
    case 'isEmpty':
      return nested(path, { is: 'NULL' });
    case 'isNotEmpty':
      return nested(path, { is: 'NOT_NULL' });
  }
}

/** Rows as a Twenty record filter; null when there is none. */
export function toFilter({ join, rows }: FilterRows, kindOf: (path: string) => FilterKind): Json | null {
  const conditions = rows.filter(isComplete).map((row) => conditionOf(row, kindOf(row.path)));
  const [first, ...others] = conditions;
  if (first === undefined) return null;
  return others.length === 0 ? first : { [join]: conditions };
}

function rowOf(path: string, comparison: string, value: unknown): FilterRow | undefined {
  const scalar =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  const list =
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : undefined;
  const row = (operator: FilterOperator, wanted: string | string[] | undefined) =>
    wanted === undefined ? undefined : { path, operator, value: wanted };
  switch (comparison) {
    case 'eq':
      return row('is', scalar);
    case 'gte':
      return row('atLeast', scalar);
    case 'lte':
      return row('atMost', scalar);
    case 'in':
    case 'containsAny':
      return row('anyOf', list);
    case 'is':
      return value === 'NULL' ? row('isEmpty', '') : value === 'NOT_NULL' ? row('isNotEmpty', '') : undefined;
    case 'ilike': {
      const inner = typeof value === 'string' ? /^%([^%_\\]+)%$/.exec(value)?.[1] : undefined;
      return row('contains', inner);
    }
    default:
      return undefined;
  }
}

const COMPARISONS = new Set([
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'is',
  'like',
  'ilike',
  'startsWith',
  'containsAny',
  'containsAll',
  'containsIlike',
  'isEmptyArray',
  'regex',
  'iregex',
]);
const DEEPEST = 2;

function readCondition(condition: unknown): FilterRow | undefined {
  const [name, inner] = only(condition) ?? [];
  if (name === undefined || name === 'and' || name === 'or') return undefined;
  if (name === 'not') {
    const row = readCondition(inner);
    return row?.operator === 'is' ? { ...row, operator: 'isNot' } : undefined;
  }
  const path = [name];
  let rest = inner;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const [key, value] = only(rest) ?? [];
    if (key === undefined) return undefined;
    if (COMPARISONS.has(key)) return rowOf(path.join('.'), key, value);
    path.push(key);
    rest = value;
  }
  return undefined;
}

/** A Twenty record filter as rows; undefined when rows cannot say all of it. */
export function toRows(filter: unknown): FilterRows | undefined {
  if (filter === null || filter === undefined || (isObject(filter) && Object.keys(filter).length === 0))
    return { join: 'and', rows: [] };
  if (!isObject(filter)) return undefined;
  const [name, list] = only(filter) ?? [];
  const join = name === 'or' ? 'or' : 'and';
  const conditions =
    (name === 'and' || name === 'or') && Array.isArray(list)
      ? list
      : Object.entries(filter).map(([key, value]) => ({ [key]: value }));
  const rows = conditions.map(readCondition);
  return rows.every((row) => row !== undefined) ? { join, rows: rows as FilterRow[] } : undefined;
}
