import type { SandboxClock } from '../clock';
import type { ObjectMeta } from '../metadata/metadata.types';
import { columnOf, type MetadataRegistry } from '../metadata/metadata-registry';
import { FilterCompiler } from './filter';
import { RecordTable } from './record-table';
import type { RecordEvent } from './record-event';
import type { Actor, StoredRecord } from './record.types';
import { defaultValue } from './values';

export type EventListener = (events: RecordEvent[]) => void;

/** The tables of one workspace. */
export class RecordStore {
  private readonly tables = new Map<string, RecordTable>();
  private readonly listeners: EventListener[] = [];
  readonly filters: FilterCompiler;

  constructor(
    readonly registry: MetadataRegistry,
    readonly clock: SandboxClock,
  ) {
    this.filters = new FilterCompiler(registry, (object, id) => this.table(object).get(id));
    for (const object of registry.objects()) this.addTable(object);
  }

  addTable(object: ObjectMeta): void {
    this.tables.set(object.nameSingular, new RecordTable(object));
  }

  dropTable(object: string): void {
    this.tables.delete(object);
  }

  table(object: string): RecordTable {
    const table = this.tables.get(object);
    if (!table) throw new Error(`Unknown object ${object}`);
    return table;
  }

  lookup = (object: string, id: string): StoredRecord | undefined => this.table(object).get(id);

  onEvents(listener: EventListener): void {
    this.listeners.push(listener);
  }

  emit(events: RecordEvent[]): void {
    if (events.length > 0) for (const listener of this.listeners) listener(events);
  }

  /** A record with every column, holding defaults where `values` says nothing. */
  complete(object: ObjectMeta, values: Record<string, unknown> & { id: string }, actor: Actor): StoredRecord {
    const now = this.clock.iso();
    const record: Record<string, unknown> = {};
    for (const field of object.fields.values()) {
      const column = columnOf(field);
      if (column === undefined || column === 'searchVector') continue;
      record[column] = column === field.name ? defaultValue(field) : null;
    }
    return {
      ...record,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
      position: this.table(object.nameSingular).firstPosition(),
      createdBy: actor,
      updatedBy: actor,
      ...values,
    };
  }

  /**
   * Removes a row as the database does: relations to it are emptied or cascade, without events and without a new
   * `updatedAt` (docs/twenty-platform.md#trap-2).
   */
  removeRow(object: string, id: string): void {
    const row = this.table(object).get(id);
    if (!row) return;
    this.table(object).remove(id);
    for (const other of this.registry.objects()) {
      const table = this.table(other.nameSingular);
      for (const field of other.fields.values()) {
        const { relation } = field;
        if (relation?.target !== object || !relation.joinColumn) continue;
        for (const relatedId of [...table.related(relation.joinColumn, id)]) {
          if (relation.onDelete === 'CASCADE') this.removeRow(other.nameSingular, relatedId);
          else table.setSilently(relatedId, relation.joinColumn, null);
        }
      }
    }
  }
}
