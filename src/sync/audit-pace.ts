import { LISTED_PER_PAGE } from '../twenty/records/followed-records.service';

const minuteMs = 60_000;
const restPerSliceMs = 5 * minuteMs;
const shortestMs = 60 * minuteMs;
const longestMs = 24 * 60 * minuteMs;

/** How long a round over so many records takes: a slice every five minutes, in an hour at the soonest, within a day whatever there is. */
export function roundMs(size: number): number {
  return Math.min(longestMs, Math.max(shortestMs, Math.ceil(size / LISTED_PER_PAGE) * restPerSliceMs));
}

/** When the next slice of a round is due: slices are spread evenly. Milliseconds since the epoch. */
export function nextSliceAt({ startedAt, done, size }: { startedAt: number; done: number; size: number }): number {
  return startedAt + roundMs(size) * Math.min(1, done / Math.max(1, size));
}
