import type { Caller } from '../auth/caller';
import type { ObjectMeta } from '../metadata/metadata.types';
import { columnOf } from '../metadata/metadata-registry';
import type { StoredRecord } from './record.types';

export type RecordAction = 'created' | 'updated' | 'deleted' | 'restored' | 'destroyed';

export interface RecordEvent {
  object: ObjectMeta;
  action: RecordAction;
  record: StoredRecord;
  updatedFields?: string[];
  caller?: Caller;
}

/** Columns whose change alone is no change: they move with every write. */
const SILENT_COLUMNS = new Set(['updatedAt', 'searchVector']);

/** Names of what differs, in the order of the record; a relation is named by its field and by its column. */
export function changedFields(object: ObjectMeta, before: StoredRecord, after: StoredRecord): string[] {
  const changed: string[] = [];
  for (const field of object.fields.values()) {
    const column = columnOf(field);
    if (column === undefined || SILENT_COLUMNS.has(column)) continue;
    if (sameValue(before[column], after[column])) continue;
    if (column === field.name) changed.push(column);
    else changed.push(field.name, column);
  }
  return changed;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
