import type { EntityManager } from 'typeorm';
import { type ClockTarget, markClocksStale } from '../../idle-clock';
import type { RecordVersion } from '../../twenty/records/activity-records.types';
import type { SourceReading } from './feed-source';

/** @param store puts the facts into the index; @returns whose facts changed by it */
export function activityReading(
  ids: readonly string[],
  versions: readonly RecordVersion[],
  store: (manager: EntityManager) => Promise<ClockTarget[]>,
): SourceReading {
  return { ids, versions, store: async (manager) => markClocksStale(manager, await store(manager)) };
}
