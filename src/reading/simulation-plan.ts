import { addCalendarDays } from '../domain/calendar/local-days';
import type { CustomerRef, RuleKind } from '../domain/customer/customer';

/** An owned customer with a day on which it goes back if nothing happens until then. */
export interface FallingDue extends CustomerRef {
  ownerId: string;
  /** A person's company. */
  companyId: string | null;
  rule: RuleKind;
  /** Local date. */
  reclaimOn: string;
  /** Where it is later than `reclaimOn`: what was undone a short while ago is left alone until then. */
  sparedUntil: string | null;
  /** ISO instant. */
  ownedSince: string;
}

export interface SweepLimits {
  /** Local date of the first sweep. */
  today: string;
  /** A day's; null = no cap. */
  capPerRun: number | null;
  capPerOwner: number | null;
  /** Taken since the day began, by owner. */
  takenToday: ReadonlyMap<string, number>;
  peopleFollow: boolean;
  /** No sweep is planned after so many days. */
  mostDays: number;
}

export interface SweepPlan {
  /** Every day from today to the last one on which anything is taken. */
  days: { on: string; taken: FallingDue[] }[];
  /** What the caps leave for later than that. */
  left: FallingDue[];
}

/**
 * docs/semantics.md#caps: what the sweeps take, day by day: what is due, oldest deadline first, within the caps; what
 * is over them waits for the next day. People who go along with their company are not taken by themselves any more.
 */
export function planSweeps(due: readonly FallingDue[], limits: SweepLimits): SweepPlan {
  const days: SweepPlan['days'] = [];
  let waiting = [...due].sort(byAge);
  for (let on = limits.today; waiting.length > 0 && days.length < limits.mostDays; on = addCalendarDays(on, 1)) {
    const taken = sweep(waiting, on, on === limits.today ? limits.takenToday : new Map<string, number>(), limits);
    days.push({ on, taken });
    if (taken.length > 0) waiting = without(waiting, taken, limits.peopleFollow);
  }
  const last = days.findLastIndex(({ taken }) => taken.length > 0);
  return { days: last < 0 ? [{ on: limits.today, taken: [] }] : days.slice(0, last + 1), left: waiting };
}

function sweep(
  waiting: FallingDue[],
  on: string,
  takenBefore: ReadonlyMap<string, number>,
  { capPerRun, capPerOwner }: SweepLimits,
): FallingDue[] {
  const ofOwner = new Map(takenBefore);
  let room = capPerRun === null ? Infinity : capPerRun - sum(takenBefore.values());
  return waiting.filter((customer) => {
    const count = ofOwner.get(customer.ownerId) ?? 0;
    if (room <= 0 || !isDueOn(customer, on) || (capPerOwner !== null && count >= capPerOwner)) return false;
    ofOwner.set(customer.ownerId, count + 1);
    room -= 1;
    return true;
  });
}

function isDueOn({ reclaimOn, sparedUntil }: FallingDue, on: string): boolean {
  return reclaimOn <= on && (sparedUntil === null || sparedUntil <= on);
}

function without(waiting: FallingDue[], taken: FallingDue[], peopleFollow: boolean): FallingDue[] {
  const gone = new Set(taken);
  const companies = new Set(
    taken.flatMap(({ object, recordId, ownerId }) => (object === 'COMPANY' ? [`${recordId} ${ownerId}`] : [])),
  );
  const follows = ({ object, companyId, ownerId }: FallingDue) =>
    peopleFollow && object === 'PERSON' && companies.has(`${companyId} ${ownerId}`);
  return waiting.filter((customer) => !gone.has(customer) && !follows(customer));
}

function byAge(a: FallingDue, b: FallingDue): number {
  return compare(a.reclaimOn, b.reclaimOn) || compare(a.ownedSince, b.ownedSince) || compare(a.recordId, b.recordId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
