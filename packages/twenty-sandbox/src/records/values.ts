import { invalidValue, type InputContext, type TwentyError } from '../errors';
import { isUuid } from '../ids';
import {
  ACTOR_SOURCES,
  COMPOSITE_TYPES,
  emptyComposite,
  type CompositeType,
  type SubField,
} from '../metadata/composite-types';
import type { FieldMeta } from '../metadata/metadata.types';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** What a column holds when nothing was written: texts and lists have no null in Twenty's answers. */
export function emptyValue(field: FieldMeta): unknown {
  const composite = COMPOSITE_TYPES[field.type];
  if (composite) return emptyComposite(composite);
  if (field.type === 'TEXT') return '';
  if (field.type === 'ARRAY' || field.type === 'MULTI_SELECT' || field.type === 'FILES') return [];
  return null;
}

export function defaultValue(field: FieldMeta): unknown {
  const given = field.defaultValue;
  if (given === undefined || given === null) return emptyValue(field);
  const composite = COMPOSITE_TYPES[field.type];
  if (composite) return mergeComposite(composite, emptyComposite(composite), given as Record<string, unknown>);
  return structuredClone(given);
}

function mergeComposite(
  composite: CompositeType,
  base: Record<string, unknown>,
  patch: Record<string, unknown>,
): Record<string, unknown> {
  const merged = { ...base };
  for (const sub of composite.subFields) {
    if (patch[sub.name] !== undefined) merged[sub.name] = patch[sub.name] ?? structuredClone(sub.empty);
  }
  return merged;
}

/** Checks a date-time and gives it back as ISO with milliseconds. */
export function coerceDateTime(name: string, value: unknown, context: InputContext): string {
  const time = typeof value === 'string' && DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    const expected = "Expected format: 'YYYY-MM-DDTHH:mm:ssZ'";
    throw invalidValue(
      context,
      `Invalid value ${quote(value)} for date-time field "${name}". ${expected}`,
      `Invalid value for date-time: "${quote(value)}". ${expected}`,
    );
  }
  return new Date(time).toISOString();
}

export function coerceDate(name: string, value: unknown, context: InputContext): string {
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  const whole = typeof value === 'string' && (DATE.test(value) || DATE_TIME.test(value));
  if (!whole || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) {
    const expected = "Expected format: 'YYYY-MM-DD'";
    throw invalidValue(
      context,
      `Invalid value ${quote(value)} for date field "${name}". ${expected}`,
      `Invalid value for date: "${quote(value)}". ${expected}`,
    );
  }
  return day;
}

export function coerceNumber(name: string, value: unknown, context: InputContext, integer = false): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || (integer && !Number.isInteger(value))) {
    throw invalidValue(context, `Invalid number value ${quote(value)} for field "${name}"`);
  }
  return value;
}

export function coerceUuid(name: string, value: unknown, context: InputContext): string {
  if (!isUuid(value)) throw invalidValue(context, `Invalid UUID value ${quote(value)} for field "${name}"`);
  return value.toLowerCase();
}

export function coerceOption(field: FieldMeta, value: unknown, context: InputContext): string {
  const values = (field.options ?? []).map((option) => option.value);
  if (typeof value !== 'string' || !values.includes(value)) {
    throw invalidValue(
      context,
      `Invalid value ${JSON.stringify(value)} for field "${field.name}". Valid values are: ${values.join(', ')}`,
      `Invalid value for field "${field.name}"`,
    );
  }
  return value;
}

/** Turns one written value into what the column stores; `previous` completes a composite of which only a part was given. */
export function coerceData(field: FieldMeta, value: unknown, previous: unknown): unknown {
  if (value === null || value === undefined) {
    if (!field.isNullable) {
      throw invalidValue('DATA', `Field "${field.name}" is not nullable`);
    }
    return emptyValue(field);
  }
  const composite = COMPOSITE_TYPES[field.type];
  if (composite) return coerceComposite(field, composite, value, previous);
  switch (field.type) {
    case 'TEXT':
      if (typeof value !== 'string') throw wrongType(field, value, 'string');
      return value;
    case 'BOOLEAN':
      if (typeof value !== 'boolean') throw wrongType(field, value, 'boolean');
      return value;
    case 'NUMBER':
    case 'NUMERIC':
      return coerceNumber(field.name, value, 'DATA', field.isInteger);
    case 'UUID':
      return coerceUuid(field.name, value, 'DATA');
    case 'DATE':
      return coerceDate(field.name, value, 'DATA');
    case 'DATE_TIME':
      return coerceDateTime(field.name, value, 'DATA');
    case 'SELECT':
    case 'RATING':
      return coerceOption(field, value, 'DATA');
    case 'MULTI_SELECT':
      return (Array.isArray(value) ? value : [value]).map((item: unknown) => coerceOption(field, item, 'DATA'));
    case 'ARRAY':
      return (Array.isArray(value) ? value : [value]).map((item: unknown) => {
        if (typeof item !== 'string') throw wrongType(field, item, 'string');
        return item;
      });
    case 'RAW_JSON':
      return typeof value === 'string' ? parseJson(field, value) : value;
    default:
      return value;
  }
}

function coerceComposite(
  field: FieldMeta,
  composite: CompositeType,
  value: unknown,
  previous: unknown,
): Record<string, unknown> {
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(field, value, 'object');
  const given: Record<string, unknown> = {};
  const known = new Map(composite.subFields.map((sub) => [sub.name, sub]));
  for (const [name, part] of Object.entries(value as Record<string, unknown>)) {
    const sub = known.get(name);
    if (!sub || sub.readOnly)
      throw invalidValue('DATA', `Composite field "${field.name}" doesn't have any "${name}" subfield.`);
    if (part !== undefined) given[name] = part === null ? structuredClone(sub.empty) : coerceSubField(field, sub, part);
  }
  if (field.type === 'EMAILS' && typeof given.primaryEmail === 'string')
    given.primaryEmail = given.primaryEmail.toLowerCase();
  if (field.type === 'RICH_TEXT') completeRichText(given);
  const base =
    typeof previous === 'object' && previous !== null
      ? (previous as Record<string, unknown>)
      : emptyComposite(composite);
  return { ...base, ...given };
}

function coerceSubField(field: FieldMeta, sub: SubField, value: unknown): unknown {
  if (sub.type === 'String' && typeof value !== 'string') throw wrongType(field, value, 'string');
  if (sub.type === 'BigFloat')
    return coerceNumber(`${field.name}.${sub.name}`, typeof value === 'string' ? Number(value) : value, 'DATA');
  if (sub.type === 'ActorSource' && !ACTOR_SOURCES.some((source) => source === value))
    throw wrongType(field, value, 'actor source');
  return value;
}

/** Twenty fills the block form of a text that was written as markdown. */
function completeRichText(value: Record<string, unknown>): void {
  if (typeof value.markdown !== 'string' || value.blocknote !== undefined) return;
  const blocks = value.markdown.split('\n').map((line) => ({
    type: 'paragraph',
    props: { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' },
    content: line === '' ? [] : [{ type: 'text', text: line, styles: {} }],
    children: [],
  }));
  value.blocknote = JSON.stringify(blocks);
}

function parseJson(field: FieldMeta, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw wrongType(field, value, 'JSON');
  }
}

function wrongType(field: FieldMeta, value: unknown, expected: string): TwentyError {
  return invalidValue('DATA', `Invalid ${expected} value ${quote(value)} for field "${field.name}"`);
}

function quote(value: unknown): string {
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
}
