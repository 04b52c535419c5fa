import { invalidQuery, invalidValue } from '../errors';
import type { FieldMeta, FieldType } from '../metadata/metadata.types';
import type { SubFieldType } from '../metadata/composite-types';
import { coerceDate, coerceDateTime, coerceNumber, coerceOption, coerceUuid } from './values';

/** SQL's three truth values: a comparison with NULL is neither true nor false. */
export type Truth = boolean | null;
export type ValueTest = (value: unknown) => Truth;

/** How a column's values are compared. */
export type ColumnKind =
  | 'TEXT'
  | 'UUID'
  | 'NUMBER'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATE_TIME'
  | 'OPTION'
  | 'LIST'
  | 'JSON'
  | 'SEARCH';

const KIND_OF_TYPE: Partial<Record<FieldType, ColumnKind>> = {
  TEXT: 'TEXT',
  UUID: 'UUID',
  NUMBER: 'NUMBER',
  NUMERIC: 'NUMBER',
  POSITION: 'NUMBER',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATE_TIME: 'DATE_TIME',
  SELECT: 'OPTION',
  RATING: 'OPTION',
  MULTI_SELECT: 'LIST',
  ARRAY: 'LIST',
  RAW_JSON: 'JSON',
  FILES: 'JSON',
  TS_VECTOR: 'SEARCH',
  RELATION: 'UUID',
};

const KIND_OF_SUB_FIELD: Record<SubFieldType, ColumnKind> = {
  String: 'TEXT',
  JSON: 'JSON',
  BigFloat: 'NUMBER',
  UUID: 'UUID',
  ActorSource: 'OPTION',
};

export function kindOfField(field: FieldMeta): ColumnKind {
  return KIND_OF_TYPE[field.type] ?? 'TEXT';
}

export function kindOfSubField(type: SubFieldType): ColumnKind {
  return KIND_OF_SUB_FIELD[type];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function like(pattern: string, insensitive: boolean): RegExp {
  const source = [...pattern]
    .map((char) =>
      char === '%' ? '[\\s\\S]*' : char === '_' ? '[\\s\\S]' : char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`, insensitive ? 'i' : '');
}

function regex(name: string, pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw invalidValue('FILTER', `Invalid regular expression for field "${name}"`);
  }
}

const compare = (left: unknown, right: unknown): number => {
  const [a, b] = [left as string | number, right as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
};

const known =
  (test: (value: unknown) => boolean): ValueTest =>
  (value) =>
    value === null || value === undefined ? null : test(value);

function coerce(field: FieldMeta, kind: ColumnKind, value: unknown): unknown {
  switch (kind) {
    case 'UUID':
      return coerceUuid(field.name, value, 'FILTER');
    case 'NUMBER':
      return coerceNumber(
        field.name,
        typeof value === 'string' && value.trim() !== '' ? Number(value) : value,
        'FILTER',
      );
    case 'DATE':
      return coerceDate(field.name, value, 'FILTER');
    case 'DATE_TIME':
      return coerceDateTime(field.name, value, 'FILTER');
    case 'OPTION':
    case 'LIST':
      return field.options ? coerceOption(field, value, 'FILTER') : value;
    default:
      return value;
  }
}

function list(field: FieldMeta, kind: ColumnKind, value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidQuery(`Invalid filter value for field ${field.name}. Expected non-empty array`);
  }
  return value.map((item: unknown) => coerce(field, kind, item));
}

/** One operator of a field's filter as a test of the stored value. */
export function operatorTest(field: FieldMeta, kind: ColumnKind, operator: string, operand: unknown): ValueTest {
  switch (operator) {
    case 'is':
      if (operand === 'NULL') return isEmpty;
      if (operand === 'NOT_NULL') return (value) => !isEmpty(value);
      throw invalidValue('FILTER', `Invalid value for "is" filter of field "${field.name}"`);
    case 'eq':
      if (operand === null) return () => null;
      return equals(coerce(field, kind, operand));
    case 'neq': {
      if (operand === null) return () => null;
      const test = equals(coerce(field, kind, operand));
      return (value) => {
        const truth = test(value);
        return truth === null ? null : !truth;
      };
    }
    case 'in': {
      const values = new Set(list(field, kind, operand));
      return known((value) => values.has(value));
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const bound = coerce(field, kind, operand);
      return known((value) => ordered(operator, compare(value, bound)));
    }
    case 'like':
    case 'ilike': {
      const pattern = like(String(operand), operator === 'ilike');
      return known((value) => pattern.test(kind === 'JSON' ? JSON.stringify(value) : String(value)));
    }
    case 'startsWith':
      return known((value) => String(value).startsWith(String(operand)));
    case 'endsWith':
      return known((value) => String(value).endsWith(String(operand)));
    case 'regex':
    case 'iregex': {
      const pattern = regex(field.name, String(operand), operator === 'iregex' ? 'i' : '');
      return known((value) => pattern.test(String(value)));
    }
    case 'containsAny': {
      const values = new Set(list(field, kind, operand));
      return known((value) => (Array.isArray(value) ? value.some((item) => values.has(item)) : values.has(value)));
    }
    case 'containsIlike': {
      const pattern = like(String(operand), true);
      return known((value) => Array.isArray(value) && value.some((item) => pattern.test(String(item))));
    }
    case 'isEmptyArray':
      return (value) => isEmpty(value) === (operand === true);
    default:
      throw invalidValue('FILTER', `Operator "${operator}" is not supported for field "${field.name}"`);
  }
}

function equals(expected: unknown): ValueTest {
  return known((value) => value === expected);
}

function ordered(operator: 'gt' | 'gte' | 'lt' | 'lte', order: number): boolean {
  if (operator === 'gt') return order > 0;
  if (operator === 'gte') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}
