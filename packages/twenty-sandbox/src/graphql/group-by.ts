import { invalidQuery, unknownField } from '../errors';
import { COMPOSITE_TYPES } from '../metadata/composite-types';
import type { ObjectMeta } from '../metadata/metadata.types';
import type { RecordStore } from '../records/record-store';
import type { StoredRecord } from '../records/record.types';
import { aggregatesOf } from './aggregates';

type Read = (record: StoredRecord) => unknown;
type Spec = Record<string, unknown>;

export interface RecordGroup {
  groupByDimensionValues: unknown[];
  records: StoredRecord[];
}

const DAY_MS = 86_400_000;

/** Groups records by the dimensions of a `groupBy` argument. */
export function groupRecords(
  store: RecordStore,
  object: ObjectMeta,
  groupBy: Spec[],
  records: StoredRecord[],
): RecordGroup[] {
  const dimensions = groupBy.flatMap((spec) => readDimensions(store, object, spec));
  if (dimensions.length === 0) throw invalidQuery('At least one groupBy field is required');
  const groups = new Map<string, RecordGroup>();
  for (const record of records) {
    const values = dimensions.map((read) => read(record) ?? null);
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group) group.records.push(record);
    else groups.set(key, { groupByDimensionValues: values, records: [record] });
  }
  return [...groups.values()];
}

/** Orders groups by aggregates, the one order of groups that the sandbox knows: `[{aggregate: {totalCount: DescNullsLast}}]`. */
export function orderGroups(object: ObjectMeta, groups: RecordGroup[], orderBy: Spec[]): RecordGroup[] {
  const computed = new Map<string, (records: readonly StoredRecord[]) => unknown>(
    aggregatesOf(object).map(({ name, compute }) => [name, compute]),
  );
  computed.set('totalCount', (records) => records.length);
  const parts = orderBy
    .flatMap((spec) => Object.entries(spec))
    .flatMap(([kind, value]) => {
      if (kind !== 'aggregate') throw invalidQuery(`The sandbox orders groups by aggregates only, not by "${kind}"`);
      return Object.entries(value as Record<string, string>).map(([name, direction]) => {
        const compute = computed.get(name);
        if (!compute) throw unknownField('FILTER', object.nameSingular, name);
        return { compute, sign: direction.startsWith('Desc') ? -1 : 1 };
      });
    });
  return [...groups].sort((a, b) => {
    for (const { compute, sign } of parts) {
      const [left, right] = [compute(a.records) as string | number, compute(b.records) as string | number];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

function readDimensions(store: RecordStore, object: ObjectMeta, spec: Spec): Read[] {
  return Object.entries(spec).flatMap(([name, value]): Read[] => {
    if (value === undefined || value === null || value === false) return [];
    const field = object.fields.get(name);
    if (!field) throw unknownField('FILTER', object.nameSingular, name);
    if (field.relation) {
      const { joinColumn, target } = field.relation;
      if (!joinColumn) throw unknownField('FILTER', object.nameSingular, name);
      return readDimensions(store, store.registry.get(target), value as Spec).map((read) => (record) => {
        const id = record[joinColumn];
        const related = typeof id === 'string' ? store.lookup(target, id) : undefined;
        return related && read(related);
      });
    }
    if (field.type === 'DATE' || field.type === 'DATE_TIME') {
      const { granularity = 'DAY' } = value as { granularity?: string };
      return [(record) => truncate(record[name], granularity)];
    }
    if (COMPOSITE_TYPES[field.type]) {
      return Object.entries(value as Spec)
        .filter(([, wanted]) => wanted === true)
        .map(
          ([sub]) =>
            (record) =>
              (record[name] as Spec | undefined)?.[sub],
        );
    }
    return [(record) => record[name]];
  });
}

function truncate(value: unknown, granularity: string): unknown {
  if (typeof value !== 'string') return null;
  const date = new Date(value);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = Math.floor(date.getTime() / DAY_MS) * DAY_MS;
  const iso = (time: number) => new Date(time).toISOString();
  switch (granularity) {
    case 'DAY':
      return iso(day);
    case 'WEEK':
      return iso(day - ((date.getUTCDay() + 6) % 7) * DAY_MS);
    case 'MONTH':
      return iso(Date.UTC(year, month, 1));
    case 'QUARTER':
      return iso(Date.UTC(year, month - (month % 3), 1));
    case 'YEAR':
      return iso(Date.UTC(year, 0, 1));
    case 'DAY_OF_THE_WEEK':
      return String(date.getUTCDay());
    case 'MONTH_OF_THE_YEAR':
      return String(month + 1);
    case 'QUARTER_OF_THE_YEAR':
      return String(Math.floor(month / 3) + 1);
    default:
      return value;
  }
}
