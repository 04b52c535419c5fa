import { GraphQLFloat, GraphQLInt, type GraphQLOutputType } from 'graphql';
import { COMPOSITE_TYPES } from '../metadata/composite-types';
import type { ObjectMeta } from '../metadata/metadata.types';
import type { StoredRecord } from '../records/record.types';
import { DateTimeScalar } from './scalars';
import { pascal } from './type-names';

export interface Aggregate {
  name: string;
  type: GraphQLOutputType;
  compute: (records: readonly StoredRecord[]) => unknown;
}

type Read = (record: StoredRecord) => unknown;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function numbers(records: readonly StoredRecord[], read: Read): number[] {
  return records.map(read).filter((value) => typeof value === 'number');
}

/** Everything Twenty can compute over a set of records of this object, named as its connections name it. */
export function aggregatesOf(object: ObjectMeta): Aggregate[] {
  const result: Aggregate[] = [];
  for (const field of object.fields.values()) {
    if (field.type === 'RELATION') continue;
    const name = pascal(field.name);
    const read: Read = (record) => record[field.name];
    const composite = COMPOSITE_TYPES[field.type];
    const empty: Read = (record) => {
      const value = read(record);
      return composite ? Object.values((value ?? {}) as object).every(isEmpty) : isEmpty(value);
    };
    const countEmpty = (records: readonly StoredRecord[]) => records.filter(empty).length;
    result.push(
      {
        name: `countUniqueValues${name}`,
        type: GraphQLInt,
        compute: (records) =>
          new Set(records.filter((record) => !empty(record)).map((record) => JSON.stringify(read(record)))).size,
      },
      { name: `countEmpty${name}`, type: GraphQLInt, compute: countEmpty },
      { name: `countNotEmpty${name}`, type: GraphQLInt, compute: (records) => records.length - countEmpty(records) },
      {
        name: `percentageEmpty${name}`,
        type: GraphQLFloat,
        compute: (records) => share(countEmpty(records), records.length),
      },
      {
        name: `percentageNotEmpty${name}`,
        type: GraphQLFloat,
        compute: (records) => share(records.length - countEmpty(records), records.length),
      },
    );
    if (field.type === 'DATE' || field.type === 'DATE_TIME') result.push(...extremes(name, read));
    if (field.type === 'NUMBER' || field.type === 'NUMERIC') result.push(...statistics(name, read));
    if (field.type === 'CURRENCY') {
      result.push(
        ...statistics(
          `${name}AmountMicros`,
          (record) => (record[field.name] as { amountMicros?: unknown } | undefined)?.amountMicros,
        ),
      );
    }
    if (field.type === 'BOOLEAN') {
      result.push(
        {
          name: `countTrue${name}`,
          type: GraphQLInt,
          compute: (records) => records.filter((record) => read(record) === true).length,
        },
        {
          name: `countFalse${name}`,
          type: GraphQLInt,
          compute: (records) => records.filter((record) => read(record) === false).length,
        },
      );
    }
  }
  return result;
}

function extremes(name: string, read: Read): Aggregate[] {
  const sorted = (records: readonly StoredRecord[]) =>
    records
      .map(read)
      .filter((value) => typeof value === 'string')
      .sort();
  return [
    { name: `min${name}`, type: DateTimeScalar, compute: (records) => sorted(records)[0] ?? null },
    { name: `max${name}`, type: DateTimeScalar, compute: (records) => sorted(records).at(-1) ?? null },
  ];
}

function statistics(name: string, read: Read): Aggregate[] {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const over = (fold: (values: number[]) => number) => (records: readonly StoredRecord[]) => {
    const values = numbers(records, read);
    return values.length === 0 ? null : fold(values);
  };
  return [
    { name: `min${name}`, type: GraphQLFloat, compute: over((values) => values.reduce((a, b) => Math.min(a, b))) },
    { name: `max${name}`, type: GraphQLFloat, compute: over((values) => values.reduce((a, b) => Math.max(a, b))) },
    { name: `avg${name}`, type: GraphQLFloat, compute: over((values) => sum(values) / values.length) },
    { name: `sum${name}`, type: GraphQLFloat, compute: over(sum) },
  ];
}
