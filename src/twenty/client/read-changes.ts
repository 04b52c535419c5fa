import type { ChangesPage, RecordChange } from '../records/activity-records.types';
import { DELETED_OR_NOT, type RecordFilter } from '../records/customer-write';
import type { RecordCursor } from '../records/twenty.types';

const PAGE_SIZE = 1000;

/**
 * A transaction in Twenty may commit after a later one was read. Readings therefore begin this long before the start of the
 * last complete one.
 */
export const OVERLAP_MS = 30_000;
/** A cursor with it stands before everything of its moment. No record has it, and Twenty refuses it in a filter. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The next changes by (updatedAt, id) after the cursor, soft-deleted records included; from the beginning when it is null. */
export async function readChanges(
  read: (query: { filter: RecordFilter; first: number }) => Promise<RecordChange[]>,
  cursor: RecordCursor | null,
): Promise<ChangesPage> {
  const changes = await read({ filter: { and: [DELETED_OR_NOT, ...afterCursor(cursor)] }, first: PAGE_SIZE });
  const last = changes.at(-1);
  return {
    changes,
    cursor: last ? { updatedAt: last.updatedAt, id: last.id } : cursor,
    done: changes.length < PAGE_SIZE,
  };
}

/** @param completeAt start of the last reading that came to the end */
export function withOverlap(position: RecordCursor | null, completeAt: string | null): RecordCursor | null {
  if (!position || !completeAt) return position;
  const overlapFrom = new Date(Date.parse(completeAt) - OVERLAP_MS).toISOString();
  return position.updatedAt < overlapFrom ? position : { updatedAt: overlapFrom, id: BEFORE_ALL };
}

/** What comes after the cursor by (updatedAt, id). */
export function afterCursor(cursor: RecordCursor | null): RecordFilter[] {
  if (!cursor) return [];
  const { updatedAt, id } = cursor;
  if (id === BEFORE_ALL) return [{ updatedAt: { gte: updatedAt } }];
  return [{ or: [{ updatedAt: { gt: updatedAt } }, { and: [{ updatedAt: { eq: updatedAt } }, { id: { gt: id } }] }] }];
}
