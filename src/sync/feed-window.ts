import { BEFORE_ALL, LISTED_PER_PAGE } from '../twenty/records/followed-records.service';
import type { Instant, RecordCursor } from '../twenty/records/twenty.types';

const minuteMs = 60_000;

/**
 * How far behind what was seen a look begins: `updatedAt` is when a transaction in Twenty began, and it may be visible long
 * after (an import, a mailbox being read).
 */
export const overlaps = { POLL: 10 * minuteMs, SWEEP: 60 * minuteMs } as const;
export type Overlap = keyof typeof overlaps;

/** Where much has changed, a look behind the position costs many pages; this long is waited for each of them. */
const restPerPageMs = 2000;

/**
 * @param position what was seen last
 * @param twentyAt Twenty's clock when that reading began: a position ahead of it says nothing about what is still to come
 */
export function lookFrom(position: RecordCursor, twentyAt: Instant | null, overlapMs: number): RecordCursor {
  const seen = Math.min(Date.parse(position.updatedAt), twentyAt === null ? Infinity : Date.parse(twentyAt));
  return { updatedAt: new Date(seen - overlapMs).toISOString(), id: BEFORE_ALL };
}

/** Whether it is time to look behind the position again, and not only at what comes after it. */
export function isBehindDue({ listed, listedMsAgo }: { listed: number; listedMsAgo: number }): boolean {
  return listedMsAgo >= Math.floor(listed / LISTED_PER_PAGE) * restPerPageMs;
}
