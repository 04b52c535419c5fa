import type { EntityManager } from 'typeorm';
import type { RecordVersion } from '../../twenty/records/activity-records.types';
import type { FollowedName } from '../../twenty/records/followed-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';

export type SourceName = 'COMPANY' | 'PERSON' | 'OPPORTUNITY' | 'NOTE' | 'TASK' | 'MESSAGE' | 'CALENDAR_EVENT';

/** What one reading by ids gave. */
export interface SourceReading {
  /** Asked for; those that Twenty no longer has are not among `versions`. */
  ids: readonly string[];
  versions: readonly RecordVersion[];
  /** Puts it into the index. The transaction may be started again. */
  store(manager: EntityManager): Promise<void>;
  /** What is to be done once it is in the index. */
  afterwards?(): Promise<void>;
}

/** One kind of record that the index is made from. */
export interface FeedSource {
  readonly name: SourceName;
  /** The engine's role may not be allowed to see it; then there is nothing to know. */
  readonly isOptional: boolean;
  /** The record itself, then links and participants that belong to it. */
  readonly objects: readonly [FollowedName, ...FollowedName[]];
  /** How many records one reading may ask for. */
  readonly batch: number;
  /**
   * Reads these records whole.
   * @throws TwentyError
   */
  read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]>;
  /** Records that the index has something from though the feed knows nothing of them, by id. @param after an id */
  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]>;
}
