import { say, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { openConsole, type ConsoleStart } from '../engine/open-console';
import { tell } from '../engine/tell';

/** “Select all” hands over no records: leads to where the same can be done for a whole book or pool, and says so. False with records. */
export async function consoleInstead(recordIds: string[], start: ConsoleStart, locale: Locale): Promise<boolean> {
  if (recordIds.length > 0 || !(await openConsole(readHost(), start))) return false;
  await tell({ variant: 'info', message: say(locale, 'consoleInstead') });
  return true;
}
