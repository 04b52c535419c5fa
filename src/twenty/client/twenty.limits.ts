/**
 * Most records Twenty takes in one update, create or upsert (docs/twenty-platform.md#limits). Reads use it as their
 * page size.
 */
export const TWENTY_BATCH = 200;

/** Splits a list into consecutive parts of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number = TWENTY_BATCH): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}
