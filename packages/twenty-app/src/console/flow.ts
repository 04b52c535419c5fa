import { addDays, daysBetween } from '../domain/days';
import type { EventType } from '../pool-tab/pool-tab.types';
import type { DayBar } from '../ui/plots';
import type { Outlook } from './console.types';

const INTO: readonly EventType[] = ['ROUTED', 'RELEASED', 'RECLAIMED', 'OFFBOARDED', 'RESTORED'];
const OUT: readonly EventType[] = ['CLAIMED', 'ASSIGNED', 'ARCHIVED'];

export interface Flow {
  days: DayBar[];
  into: number;
  out: number;
}

/** How many came into a pool and were taken out of it on each of the last days, the oldest first. Days are those of UTC: a picture, not a count. */
export function flowOf({ events }: Outlook['ownershipEvents'], poolId: string, today: string, length: number): Flow {
  const begin = addDays(today, 1 - length);
  const days = Array.from({ length }, () => ({ up: 0, down: 0 }));
  for (const { type, pool, to, at } of events) {
    const day = days[daysBetween(begin, at.slice(0, 10))];
    if (!day || pool?.id !== poolId) continue;
    // A new customer may come with an owner: it never lay in the pool.
    if (INTO.includes(type) && to === null) day.up += 1;
    if (OUT.includes(type)) day.down += 1;
  }
  return { days, into: days.reduce((sum, { up }) => sum + up, 0), out: days.reduce((sum, { down }) => sum + down, 0) };
}
