import { COMPOSITE_TYPES } from '../metadata/composite-types';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import { columnOf } from '../metadata/metadata-registry';
import { ChangeOrder } from './change-order';
import type { StoredRecord } from './record.types';

type Comparator = (a: StoredRecord, b: StoredRecord) => number;

const KEPT_ORDERS = 4;

/** All records of one object, with the indexes that keep 100,000 of them quick. */
export class RecordTable {
  private readonly byId = new Map<string, StoredRecord>();
  private readonly relations = new Map<string, Map<string, Set<string>>>();
  private readonly uniques = new Map<string, Map<string, string>>();
  private readonly orders = new Map<string, { version: number; records: StoredRecord[] }>();
  readonly changes = new ChangeOrder((id) => this.byId.get(id));
  private version = 0;
  private liveCount = 0;
  private minPosition = 1;
  private maxPosition = 0;

  constructor(readonly object: ObjectMeta) {
    this.reindex();
  }

  get size(): number {
    return this.byId.size;
  }

  /** Records that are not soft-deleted. */
  get live(): number {
    return this.liveCount;
  }

  get(id: string): StoredRecord | undefined {
    return this.byId.get(id);
  }

  all(): IterableIterator<StoredRecord> {
    return this.byId.values();
  }

  firstPosition(): number {
    return this.minPosition - 1;
  }

  lastPosition(): number {
    return this.maxPosition + 1;
  }

  put(record: StoredRecord): void {
    const previous = this.byId.get(record.id);
    if (previous) this.unindex(previous);
    this.byId.set(record.id, record);
    this.index(record);
    this.changes.put(record, previous);
    this.version += 1;
  }

  remove(id: string): void {
    const record = this.byId.get(id);
    if (!record) return;
    this.unindex(record);
    this.byId.delete(id);
    this.changes.remove();
    this.version += 1;
  }

  /** Ids of the records whose relation column holds `target`. */
  related(column: string, target: string): ReadonlySet<string> {
    return this.relations.get(column)?.get(target) ?? new Set();
  }

  isRelation(column: string): boolean {
    return this.relations.has(column);
  }

  /** Id of the record that has this value in a unique field. */
  findUnique(field: string, value: string): string | undefined {
    return this.uniques.get(field)?.get(value);
  }

  /** All records in an order that is sorted once and kept until the next write. */
  ordered(key: string, compare: Comparator): readonly StoredRecord[] {
    const kept = this.orders.get(key);
    if (kept && kept.version === this.version) return kept.records;
    const records = [...this.byId.values()].sort(compare);
    this.orders.delete(key);
    this.orders.set(key, { version: this.version, records });
    if (this.orders.size > KEPT_ORDERS) {
      const oldest = this.orders.keys().next().value;
      if (oldest !== undefined) this.orders.delete(oldest);
    }
    return records;
  }

  /** Adds a column to every record, without touching `updatedAt`, as a migration does. */
  addColumn(column: string, value: unknown): void {
    for (const record of this.byId.values()) {
      if (!(column in record)) this.byId.set(record.id, { ...record, [column]: structuredClone(value) });
    }
    this.reindex();
  }

  dropColumn(column: string): void {
    for (const record of this.byId.values()) {
      const rest: Record<string, unknown> = { ...record };
      delete rest[column];
      this.byId.set(record.id, rest as unknown as StoredRecord);
    }
    this.reindex();
  }

  /**
   * Sets a column in silence, as a foreign key's SET NULL does: no event, `updatedAt` stays
   * (docs/twenty-platform.md#trap-2).
   */
  setSilently(id: string, column: string, value: unknown): void {
    const record = this.byId.get(id);
    if (record) this.put({ ...record, [column]: value });
  }

  private reindex(): void {
    this.relations.clear();
    this.uniques.clear();
    for (const field of this.object.fields.values()) {
      const column = columnOf(field);
      if (field.type === 'RELATION' && column !== undefined) this.relations.set(column, new Map());
      if (field.isUnique) this.uniques.set(field.name, new Map());
    }
    this.liveCount = 0;
    for (const record of this.byId.values()) this.index(record);
    this.version += 1;
  }

  private index(record: StoredRecord): void {
    if (record.deletedAt === null) this.liveCount += 1;
    this.minPosition = Math.min(this.minPosition, record.position);
    this.maxPosition = Math.max(this.maxPosition, record.position);
    for (const [column, byTarget] of this.relations) {
      const target = record[column];
      if (typeof target !== 'string') continue;
      const ids = byTarget.get(target);
      if (ids) ids.add(record.id);
      else byTarget.set(target, new Set([record.id]));
    }
    for (const [name, byValue] of this.uniques) {
      const value = uniqueValue(this.object.fields.get(name), record[name]);
      if (value !== undefined) byValue.set(value, record.id);
    }
  }

  private unindex(record: StoredRecord): void {
    if (record.deletedAt === null) this.liveCount -= 1;
    for (const [column, byTarget] of this.relations) {
      const target = record[column];
      if (typeof target !== 'string') continue;
      const ids = byTarget.get(target);
      ids?.delete(record.id);
      if (ids?.size === 0) byTarget.delete(target);
    }
    for (const [name, byValue] of this.uniques) {
      const value = uniqueValue(this.object.fields.get(name), record[name]);
      if (value !== undefined && byValue.get(value) === record.id) byValue.delete(value);
    }
  }
}

/** What a unique field compares, or undefined for an empty value: empty values never conflict. */
export function uniqueValue(field: FieldMeta | undefined, value: unknown): string | undefined {
  if (!field || value === null || value === undefined) return undefined;
  const subField = COMPOSITE_TYPES[field.type]?.uniqueSubField;
  const compared = subField === undefined ? value : (value as Record<string, unknown>)[subField];
  if (compared === null || compared === undefined || compared === '') return undefined;
  return String(compared);
}
