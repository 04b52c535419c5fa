import { localDate } from '../calendar/local-days';
import type { PoolPolicy } from '../pool/pool-policy';
import type { CleanUpMoment } from './clean-up.types';

/**
 * docs/semantics.md#caps asks it of reclaiming, and here it is the same: an edit must not empty a pool overnight.
 * @param editedAt ISO instant since which the pool's clean-up has been as it is
 * @returns the first local date on which anything is archived
 */
export function archivesFrom(
  editedAt: string,
  { graceDays, dayCounting }: Pick<PoolPolicy, 'graceDays' | 'dayCounting'>,
  { calendar, zone }: CleanUpMoment,
): string {
  const editedOn = localDate(editedAt, zone);
  return graceDays ? calendar.addDays(editedOn, graceDays + 1, dayCounting) : editedOn;
}
