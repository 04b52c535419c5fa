/** Of customers that were taken from a pool in a period: how many, and how that ended so far. */
export interface TenureCounts {
  taken: number;
  reclaimed: number;
  released: number;
  /** A deal was won while whoever took it had it, however it ended. */
  won: number;
  /** null: not known of any. */
  medianHoursToClaim: number | null;
  medianHoursToFirstActivity: number | null;
}

export interface TenureFigures extends TenureCounts {
  /** Shares of what was taken, 0 to 1; null when nothing was. */
  reclaimRate: number | null;
  conversionRate: number | null;
}

const nothing: TenureCounts = {
  taken: 0,
  reclaimed: 0,
  released: 0,
  won: 0,
  medianHoursToClaim: null,
  medianHoursToFirstActivity: null,
};

/** @param counts undefined: nothing was taken */
export function tenureFigures(counts: TenureCounts = nothing): TenureFigures {
  const share = (part: number) => (counts.taken === 0 ? null : part / counts.taken);
  return { ...counts, reclaimRate: share(counts.reclaimed), conversionRate: share(counts.won) };
}
