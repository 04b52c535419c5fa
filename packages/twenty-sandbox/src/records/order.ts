import { invalidQuery, unknownField } from '../errors';
import { COMPOSITE_TYPES } from '../metadata/composite-types';
import type { ObjectMeta } from '../metadata/metadata.types';
import type { MetadataRegistry } from '../metadata/metadata-registry';
import { relationOfColumn } from './filter';
import type { OrderByInput, StoredRecord } from './record.types';

type Direction = 'AscNullsFirst' | 'AscNullsLast' | 'DescNullsFirst' | 'DescNullsLast';
type Lookup = (object: string, id: string) => StoredRecord | undefined;

const DIRECTIONS = new Set<string>(['AscNullsFirst', 'AscNullsLast', 'DescNullsFirst', 'DescNullsLast']);

interface OrderPart {
  path: string;
  direction: Direction;
  read: (record: StoredRecord) => unknown;
}

/** A complete order of one object's records: what was asked for, then the id, as Twenty appends it. */
export class RecordOrder {
  private constructor(readonly parts: readonly OrderPart[]) {}

  static of(
    registry: MetadataRegistry,
    lookup: Lookup,
    object: ObjectMeta,
    orderBy: OrderByInput[] | undefined,
  ): RecordOrder {
    const parts = (orderBy ?? []).flatMap((entry) => readParts(registry, lookup, object, entry, ''));
    if (!parts.some((part) => part.path === 'id')) {
      parts.push({ path: 'id', direction: 'AscNullsFirst', read: (record) => record.id });
    }
    return new RecordOrder(parts);
  }

  get key(): string {
    return this.parts.map((part) => `${part.path}:${part.direction}`).join(',');
  }

  /** Whether this is the order in which the table keeps its changes. */
  get isChangeOrder(): boolean {
    const [first, second] = this.parts;
    return this.parts.length === 2 && isAscending(first, 'updatedAt') && isAscending(second, 'id');
  }

  compare = (a: StoredRecord, b: StoredRecord): number => this.compareKeys(this.keysOf(a), this.keysOf(b));

  keysOf(record: StoredRecord): unknown[] {
    return this.parts.map((part) => part.read(record) ?? null);
  }

  compareKeys(a: readonly unknown[], b: readonly unknown[]): number {
    for (const [index, part] of this.parts.entries()) {
      const order = compareValues(a[index], b[index], part.direction);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** A cursor holds the ordered values of its record, so it stays valid when the record has moved on or is gone. */
  cursorOf(record: StoredRecord): string {
    const keys = this.keysOf(record);
    const entries = this.parts.map((part, index) => [part.path, keys[index]]);
    return Buffer.from(JSON.stringify(Object.fromEntries(entries))).toString('base64');
  }

  keysOfCursor(cursor: string): unknown[] {
    try {
      const values: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
      if (typeof values !== 'object' || values === null) throw new Error('not an object');
      return this.parts.map((part) => (values as Record<string, unknown>)[part.path] ?? null);
    } catch {
      throw invalidQuery(`Invalid cursor: ${cursor}`);
    }
  }
}

function isAscending(part: OrderPart | undefined, path: string): boolean {
  return part?.path === path && part.direction.startsWith('Asc');
}

function compareValues(a: unknown, b: unknown, direction: Direction): number {
  if (a === b) return 0;
  const nullsFirst = direction.endsWith('First') ? -1 : 1;
  if (a === null || a === undefined) return nullsFirst;
  if (b === null || b === undefined) return -nullsFirst;
  const [left, right] = [comparable(a), comparable(b)];
  const ascending = left < right ? -1 : left > right ? 1 : 0;
  return direction.startsWith('Asc') ? ascending : -ascending;
}

function comparable(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return JSON.stringify(value);
}

function readParts(
  registry: MetadataRegistry,
  lookup: Lookup,
  object: ObjectMeta,
  entry: OrderByInput,
  prefix: string,
): OrderPart[] {
  return Object.entries(entry).flatMap(([key, value]): OrderPart[] => {
    if (value === undefined || value === null) return [];
    const field = object.fields.get(key) ?? relationOfColumn(object, key);
    if (!field) throw unknownField('FILTER', object.nameSingular, key);
    if (typeof value === 'string') {
      if (!DIRECTIONS.has(value)) throw invalidQuery(`Invalid order direction "${value}" for field "${key}"`);
      return [{ path: `${prefix}${key}`, direction: value as Direction, read: (record) => record[key] }];
    }
    const composite = COMPOSITE_TYPES[field.type];
    if (composite) {
      return Object.entries(value as OrderByInput).map(([sub, direction]) => ({
        path: `${prefix}${key}.${sub}`,
        direction: direction as Direction,
        read: (record) => (record[key] as Record<string, unknown> | undefined)?.[sub],
      }));
    }
    const { relation } = field;
    if (!relation?.joinColumn) throw unknownField('FILTER', object.nameSingular, key);
    const { target, joinColumn } = relation;
    return readParts(registry, lookup, registry.get(target), value as OrderByInput, `${prefix}${key}.`).map((part) => ({
      ...part,
      read: (record) => {
        const id = record[joinColumn];
        const related = typeof id === 'string' ? lookup(target, id) : undefined;
        return related && part.read(related);
      },
    }));
  });
}
