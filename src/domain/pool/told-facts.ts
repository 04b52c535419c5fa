type Facts = Record<string, unknown> | null;

/** What the reader of a line of the history may know besides the line itself. */
export interface FactsReader {
  /** The pool that the line names. */
  knowsPool: boolean;
  seesPool: (poolId: string) => boolean;
  seesCompany: (recordId: string) => boolean;
}

/**
 * The facts of a line for somebody who sees its customer now. What happened in a pool that they do not see has none for them (they tell of
 * its limits, of its members, of where the customer was); elsewhere they name neither such a pool nor a customer that is hidden.
 */
export function toldFacts(facts: Facts, { knowsPool, seesPool, seesCompany }: FactsReader): Facts {
  if (!facts || !knowsPool) return null;
  const { followedCompany, before, ...told } = facts;
  if (typeof followedCompany !== 'string' || seesCompany(followedCompany)) Object.assign(told, { followedCompany });
  return { ...told, before: toldBefore(before, seesPool) };
}

function toldBefore(before: unknown, seesPool: FactsReader['seesPool']): unknown {
  if (typeof before !== 'object' || before === null || !('poolId' in before)) return before;
  return typeof before.poolId === 'string' && !seesPool(before.poolId) ? { ...before, poolId: null } : before;
}
