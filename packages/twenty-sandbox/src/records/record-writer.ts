import { randomUUID } from 'node:crypto';
import type { Caller } from '../auth/caller';
import { mayOnRecords, mayWriteField, type RecordAction } from '../auth/role';
import { duplicateId, permissionDenied, recordNotFound, tooManyToCreate, tooManyToUpdate } from '../errors';
import type { ObjectMeta } from '../metadata/metadata.types';
import { candidateIds } from './filter-hints';
import { changedFields, type RecordEvent } from './record-event';
import { assertUnique, readActor, readInput, writtenFields, type InputData } from './record-input';
import type { RecordFilter, StoredRecord } from './record.types';
import type { RecordStore } from './record-store';
import { uniqueValue } from './record-table';

export const MAX_RECORDS_PER_WRITE = 200;

/** Writes records as Twenty's mutations do: whole batches or nothing, its limits, its refusals, and its events with their gaps. */
export class RecordWriter {
  constructor(private readonly store: RecordStore) {}

  create(caller: Caller, object: ObjectMeta, batch: InputData[], upsert = false): StoredRecord[] {
    this.assertMay(caller, object, 'update');
    if (batch.length > MAX_RECORDS_PER_WRITE) throw tooManyToCreate(MAX_RECORDS_PER_WRITE);
    for (const data of batch) this.assertFields(caller, object, data);
    const table = this.store.table(object.nameSingular);
    const now = this.store.clock.iso();
    const prepared = batch.map((data, index) => {
      const existing = upsert ? this.existing(object, data) : undefined;
      const values = readInput(this.store, object, data, existing);
      if (existing) {
        // docs/twenty-platform.md#trap-3: an upsert that names a soft-deleted record revives it.
        const updatedBy = readActor(data.updatedBy, caller.actor);
        return {
          before: existing,
          after: { ...existing, ...values, id: existing.id, deletedAt: null, updatedAt: now, updatedBy },
        };
      }
      const id = typeof values.id === 'string' ? values.id : randomUUID();
      if (table.get(id)) throw duplicateId();
      const createdBy = readActor(data.createdBy, caller.actor);
      const position = values.position ?? table.firstPosition() - index;
      return { after: this.store.complete(object, { ...values, id, position, updatedBy: createdBy }, createdBy) };
    });
    assertUnique(
      this.store,
      object,
      prepared.map(({ after }) => after),
    );
    for (const { after } of prepared) table.put(after);
    this.store.emit(
      prepared.flatMap(({ before, after }): RecordEvent[] => {
        if (!before) return [{ object, action: 'created', record: after, caller }];
        const updatedFields = changedFields(object, before, after);
        return updatedFields.length === 0 ? [] : [{ object, action: 'updated', record: after, updatedFields, caller }];
      }),
    );
    return prepared.map(({ after }) => after);
  }

  /** docs/twenty-platform.md#trap-4: a soft-deleted record is written like any other. */
  updateOne(caller: Caller, object: ObjectMeta, id: string, data: InputData): StoredRecord {
    this.assertMayUpdate(caller, object, id);
    const record = this.store.table(object.nameSingular).get(id);
    if (!record) throw recordNotFound();
    const [updated] = this.update(caller, object, [record], data, () => true);
    if (!updated) throw recordNotFound();
    return updated;
  }

  updateMany(caller: Caller, object: ObjectMeta, filter: RecordFilter, data: InputData): StoredRecord[] {
    this.assertMayUpdate(caller, object);
    const predicate = this.store.filters.compile(object, filter);
    const matching = this.matching(object, filter);
    if (matching.length > MAX_RECORDS_PER_WRITE) throw tooManyToUpdate(MAX_RECORDS_PER_WRITE);
    // docs/twenty-platform.md#trap-1: Twenty reads the rows again through the same filter to tell of them; what the
    // update took out of it is never told.
    return this.update(caller, object, matching, data, (record) => predicate(record) === true);
  }

  delete(caller: Caller, object: ObjectMeta, records: StoredRecord[]): StoredRecord[] {
    this.assertMay(caller, object, 'softDelete');
    const now = this.store.clock.iso();
    return this.mark(
      caller,
      object,
      records.filter((record) => record.deletedAt === null),
      'deleted',
      now,
      now,
    );
  }

  restore(caller: Caller, object: ObjectMeta, records: StoredRecord[]): StoredRecord[] {
    this.assertMay(caller, object, 'softDelete');
    return this.mark(
      caller,
      object,
      records.filter((record) => record.deletedAt !== null),
      'restored',
      null,
      this.store.clock.iso(),
    );
  }

  destroy(caller: Caller, object: ObjectMeta, records: StoredRecord[]): StoredRecord[] {
    this.assertMay(caller, object, 'destroy');
    for (const record of records) this.store.removeRow(object.nameSingular, record.id);
    this.store.emit(records.map((record) => ({ object, action: 'destroyed', record, caller })));
    return records;
  }

  byId(object: ObjectMeta, id: string): StoredRecord {
    const record = this.store.table(object.nameSingular).get(id);
    if (!record) throw recordNotFound();
    return record;
  }

  matching(object: ObjectMeta, filter: RecordFilter): StoredRecord[] {
    const table = this.store.table(object.nameSingular);
    const predicate = this.store.filters.compile(object, filter);
    const ids = candidateIds(table, filter);
    const candidates = ids ? [...ids].flatMap((id) => table.get(id) ?? []) : [...table.all()];
    return candidates.filter((record) => predicate(record) === true);
  }

  private update(
    caller: Caller,
    object: ObjectMeta,
    records: StoredRecord[],
    data: InputData,
    isTold: (record: StoredRecord) => boolean,
  ): StoredRecord[] {
    this.assertFields(caller, object, data);
    const table = this.store.table(object.nameSingular);
    const updatedAt = this.store.clock.iso();
    const updatedBy = caller.actor;
    if (records.length === 0) readInput(this.store, object, data);
    const changes = records.map((before) => {
      const values = readInput(this.store, object, data, before);
      return { before, after: { ...before, ...values, id: before.id, updatedAt, updatedBy } as StoredRecord };
    });
    assertUnique(
      this.store,
      object,
      changes.map(({ after }) => after),
    );
    for (const { after } of changes) table.put(after);
    // Writing what is there already moves `updatedAt` and tells nobody.
    this.store.emit(
      changes.flatMap(({ before, after }): RecordEvent[] => {
        const updatedFields = changedFields(object, before, after);
        if (updatedFields.length === 0 || !isTold(after)) return [];
        return [{ object, action: 'updated', record: after, updatedFields, caller }];
      }),
    );
    return changes.map(({ after }) => after);
  }

  private mark(
    caller: Caller,
    object: ObjectMeta,
    records: StoredRecord[],
    action: 'deleted' | 'restored',
    deletedAt: string | null,
    updatedAt: string,
  ): StoredRecord[] {
    const table = this.store.table(object.nameSingular);
    const marked = records.map((record): StoredRecord => ({ ...record, deletedAt, updatedAt }));
    for (const record of marked) table.put(record);
    this.store.emit(marked.map((record) => ({ object, action, record, updatedFields: ['deletedAt'], caller })));
    return marked;
  }

  /** The record an upsert meets: by id, else by a unique field, soft-deleted ones included. */
  private existing(object: ObjectMeta, data: InputData): StoredRecord | undefined {
    const table = this.store.table(object.nameSingular);
    if (typeof data.id === 'string') {
      const byId = table.get(data.id);
      if (byId) return byId;
    }
    for (const field of object.fields.values()) {
      if (!field.isUnique) continue;
      const value = uniqueValue(field, data[field.name]);
      const id = value === undefined ? undefined : table.findUnique(field.name, value);
      if (id !== undefined) return table.get(id);
    }
    return undefined;
  }

  private assertMay(caller: Caller, object: ObjectMeta, action: RecordAction): void {
    if (!mayOnRecords(caller.role, object.nameSingular, action)) throw permissionDenied();
    if (object.nameSingular === 'workspaceMember' && !caller.role.flags.has('WORKSPACE_MEMBERS'))
      throw permissionDenied();
  }

  /** Everybody may edit their own member record. */
  private assertMayUpdate(caller: Caller, object: ObjectMeta, id?: string): void {
    const own = object.nameSingular === 'workspaceMember' && id !== undefined && id === caller.workspaceMemberId;
    if (!own) this.assertMay(caller, object, 'update');
  }

  private assertFields(caller: Caller, object: ObjectMeta, data: InputData): void {
    for (const name of writtenFields(object, data)) {
      if (!mayWriteField(caller.role, object.nameSingular, name)) {
        throw permissionDenied(`no permission to write field "${name}" on "${object.nameSingular}"`);
      }
    }
  }
}
