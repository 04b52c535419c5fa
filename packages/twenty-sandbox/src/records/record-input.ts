import { duplicateEntry, duplicateId, foreignKeyViolation, invalidValue, unknownField } from '../errors';
import { deterministicId } from '../ids';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import { relationOfColumn } from './filter';
import type { Actor, StoredRecord } from './record.types';
import type { RecordStore } from './record-store';
import { uniqueValue } from './record-table';
import { coerceData, coerceDateTime, coerceUuid } from './values';

export type InputData = Record<string, unknown>;

/** Names of the fields that the data writes: what field permissions are checked against. */
export function writtenFields(object: ObjectMeta, data: InputData): string[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [relationOfColumn(object, key)?.name ?? key];
  });
}

/** Turns request data into column values, with Twenty's refusals. Columns that the server writes itself are left out. */
export function readInput(store: RecordStore, object: ObjectMeta, data: InputData, previous?: StoredRecord): InputData {
  const values: InputData = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || key === 'searchVector' || key === 'createdBy' || key === 'updatedBy') continue;
    if (key === 'id') values.id = coerceUuid('id', value, 'DATA');
    else if (key === 'createdAt' || key === 'updatedAt') values[key] = coerceDateTime(key, value, 'DATA');
    else if (key === 'position') values.position = readPosition(store, object, value);
    else {
      const column = relationOfColumn(object, key);
      const field = object.fields.get(key);
      if (column)
        values[key] = value === null ? null : reference(store, object, column, coerceUuid(key, value, 'DATA'));
      else if (field?.type === 'RELATION') Object.assign(values, readRelation(store, object, field, value));
      else if (field) values[key] = coerceData(field, value, previous?.[key]);
      else throw unknownField('DATA', object.nameSingular, key);
    }
  }
  return values;
}

/** The actor of a write: who calls, with the source the data may name (an import says IMPORT). */
export function readActor(given: unknown, actor: Actor): Actor {
  if (typeof given !== 'object' || given === null) return actor;
  const { source, context } = given as { source?: string; context?: Record<string, unknown> };
  return { ...actor, ...(source !== undefined && { source }), ...(context !== undefined && { context }) };
}

function readPosition(store: RecordStore, object: ObjectMeta, value: unknown): number {
  const table = store.table(object.nameSingular);
  if (value === 'first') return table.firstPosition();
  if (value === 'last') return table.lastPosition();
  if (typeof value !== 'number')
    throw invalidValue('DATA', `Invalid position value '${String(value)}' for field "position"`);
  return value;
}

function reference(store: RecordStore, object: ObjectMeta, field: FieldMeta, id: string): string {
  const target = field.relation?.target;
  if (target === undefined || !store.table(target).get(id)) {
    const table = object.isCustom ? `_${object.nameSingular}` : object.nameSingular;
    throw foreignKeyViolation(
      table,
      `FK_${deterministicId(`fk:${object.nameSingular}.${field.name}`).replaceAll('-', '').slice(0, 27)}`,
    );
  }
  return id;
}

function readRelation(store: RecordStore, object: ObjectMeta, field: FieldMeta, value: unknown): InputData {
  const { relation } = field;
  if (!relation?.joinColumn || typeof value !== 'object' || value === null) {
    throw unknownField('DATA', object.nameSingular, field.name);
  }
  const { connect, disconnect } = value as { connect?: { where?: Record<string, unknown> }; disconnect?: boolean };
  if (disconnect === true) return { [relation.joinColumn]: null };
  const where = connect?.where ?? {};
  if (typeof where.id === 'string')
    return { [relation.joinColumn]: reference(store, object, field, coerceUuid('id', where.id, 'DATA')) };
  const target = store.registry.get(relation.target);
  for (const [name, wanted] of Object.entries(where)) {
    const unique = uniqueValue(target.fields.get(name), wanted);
    const id = unique === undefined ? undefined : store.table(relation.target).findUnique(name, unique);
    if (id !== undefined) return { [relation.joinColumn]: id };
  }
  throw invalidValue('DATA', `Expected 1 record to connect to ${field.name}, but found 0.`);
}

/** Refuses a set of new rows that a unique index would refuse, whole, naming the record in the way. */
export function assertUnique(store: RecordStore, object: ObjectMeta, records: readonly StoredRecord[]): void {
  const table = store.table(object.nameSingular);
  const ids = new Set<string>();
  for (const { id } of records) {
    if (ids.has(id)) throw duplicateId();
    ids.add(id);
  }
  const unique = [...object.fields.values()].filter((field) => field.isUnique);
  for (const field of unique) {
    const inBatch = new Map<string, string>();
    for (const record of records) {
      const value = uniqueValue(field, record[field.name]);
      if (value === undefined) continue;
      const holder = inBatch.get(value) ?? table.findUnique(field.name, value);
      if (holder !== undefined && holder !== record.id) throw duplicateEntry(field.label, object.nameSingular, holder);
      inBatch.set(value, record.id);
    }
  }
}
