import type { CustomerObject, CustomerRef } from './engine.types';
import { say, type Locale } from './strings';
import type { Message } from './summary';

/** The most records that the engine takes in one call. */
export const MOST_RECORDS = 1000;

export type Selection = { customers: CustomerRef[] } | { problem: Message };

/** The selected rows as customers. "Select all" of Twenty hands over no ids at all, and is answered with what to do instead. */
export function toSelection(object: CustomerObject, recordIds: string[], locale: Locale): Selection {
  const ids = [...new Set(recordIds)];
  if (ids.length === 0)
    return { problem: { variant: 'info', message: say(locale, 'selectSome', { max: MOST_RECORDS }) } };
  if (ids.length > MOST_RECORDS)
    return { problem: { variant: 'info', message: say(locale, 'tooMany', { count: ids.length, max: MOST_RECORDS }) } };
  return { customers: ids.map((recordId) => ({ object, recordId })) };
}
