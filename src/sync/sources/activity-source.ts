import type { EntityManager } from 'typeorm';
import type { ClockTarget } from '../../idle-clock';
import type { ChangesPage } from '../../twenty/records/activity-records.types';
import type { CallOptions, RecordCursor } from '../../twenty/records/twenty.types';

export type SourceName = 'note' | 'task' | 'opportunity' | 'message' | 'calendarEvent';

/** One object of Twenty whose changes are followed: the record itself, or links and participants that belong to it. */
export interface FollowedObject {
  /** Singular name in Twenty. */
  name: string;
  readChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage>;
}

/** Puts into the index what was read. @returns whose facts changed by it */
export type Store = (manager: EntityManager) => Promise<ClockTarget[]>;

/** Where facts of the idle clock come from. */
export interface ActivitySource {
  readonly name: SourceName;
  /** The engine's role may not be allowed to see it; then there is nothing to know. */
  readonly isOptional: boolean;
  readonly objects: readonly FollowedObject[];
  /**
   * Reads these records whole. Those that Twenty no longer has are told by their absence.
   * @throws TwentyError
   */
  read(ids: readonly string[], options: CallOptions): Promise<Store>;
  /** The records that the index has something from. */
  known(manager: EntityManager): Promise<string[]>;
}

/** Mail and meetings are many; how far back the hourly look at everything goes in days. Older ones decide no clock any more. */
const lookBackDays = 400;

/** @returns ISO instant */
export function lookBack(now: string): string {
  return new Date(Date.parse(now) - lookBackDays * 86_400_000).toISOString();
}
