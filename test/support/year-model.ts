import { type SlowPolicy, slowClock } from '../simulation/idle-clock-slow-model';

type CustomerKind = 'company' | 'person';

interface Opportunity {
  id: string;
  createdAt: string;
  wonAt: string | null;
}

/** A customer as the script of the year knows it: what was done to it, and when. */
export interface YearCustomer {
  id: string;
  object: CustomerKind;
  pool: string;
  ownerId: string | null;
  ownedSince: string | null;
  activities: { at: string; by: string }[];
  opportunities: Opportunity[];
  isLocked: boolean;
  protectedUntil: string | null;
  plans: { by: string; dueAt: string }[];
  /** Leads told for this owner and reclaim date. */
  told: { ownerId: string; reclaimOn: string; leads: Set<number> } | null;
}

export interface YearPool {
  policy: SlowPolicy;
  leads: number[];
  change: { at: string; former: SlowPolicy } | null;
}

export interface Reminder {
  id: string;
  memberId: string;
  lead: number;
  reclaimOn: string;
}

export interface ExpectedTurn {
  reminders: Reminder[];
  reclaimed: { id: string; rule: string; ownerId: string }[];
}

interface Leave {
  memberId: string;
  from: string;
  until: string;
}

/**
 * docs/semantics.md#3-the-idle-clock told a second time over the slow clock: what one look at all customers, reminders
 * first, must do on a day. It shares no code with the engine.
 */
export class YearModel {
  readonly customers: YearCustomer[] = [];
  readonly pools = new Map<string, YearPool>();
  readonly leaves: Leave[] = [];

  constructor(private readonly zone: string) {}

  clockOf(customer: YearCustomer, now: string): { reclaimOn: string | null; rule: string | null } {
    const pool = this.pools.get(customer.pool);
    if (!pool || customer.ownerId === null) return { reclaimOn: null, rule: null };
    const { ownerId, opportunities } = customer;
    const latest = (times: (string | null)[]) =>
      times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
    const activityAt = latest(customer.activities.filter(({ by }) => by === ownerId).map(({ at }) => at));
    const planAt = latest(customer.plans.filter(({ by }) => by === ownerId).map(({ dueAt }) => dueAt));
    return slowClock({
      facts: {
        ownedSince: customer.ownedSince,
        lastActivity: activityAt === null ? null : { at: activityAt },
        lastOpportunityCreatedAt: latest(opportunities.map(({ createdAt }) => createdAt)),
        lastWonAt: latest(opportunities.map(({ wonAt }) => wonAt)),
        isWon: opportunities.some(({ wonAt }) => wonAt !== null),
        hasOpenOpportunity: opportunities.some(({ wonAt }) => wonAt === null),
        protectedUntil: customer.protectedUntil,
        isLocked: customer.isLocked,
        afterDates: {},
      },
      policy: pool.policy,
      week: { weekdays: [1, 2, 3, 4, 5], china: true, extraHolidays: [], extraWorkdays: [] },
      zone: this.zone,
      now,
      holds: this.leaves.filter(({ memberId }) => memberId === ownerId).map(({ from, until }) => ({ from, until })),
      plan: planAt === null ? null : { dueAt: planAt },
      change: pool.change,
    });
  }

  /** Reminders, then reclaims, of local `today`. Takes the customers that go back from their owners. */
  turn(today: string, now: string): ExpectedTurn {
    const owned = this.customers.filter(({ ownerId }) => ownerId !== null);
    const reminders = owned.flatMap((customer) => this.remind(customer, today, now));
    const reclaimed: ExpectedTurn['reclaimed'] = [];
    for (const customer of owned) {
      const { reclaimOn, rule } = this.clockOf(customer, now);
      if (reclaimOn === null || rule === null || reclaimOn > today || customer.ownerId === null) continue;
      reclaimed.push({ id: customer.id, rule, ownerId: customer.ownerId });
      customer.ownerId = null;
      customer.ownedSince = null;
    }
    return { reminders, reclaimed };
  }

  private remind(customer: YearCustomer, today: string, now: string): Reminder[] {
    const { reclaimOn } = this.clockOf(customer, now);
    const { ownerId, id } = customer;
    if (ownerId === null || reclaimOn === null) {
      customer.told = null;
      return [];
    }
    // A clock that moves makes old reminders void.
    if (customer.told?.ownerId !== ownerId || customer.told.reclaimOn !== reclaimOn)
      customer.told = { ownerId, reclaimOn, leads: new Set() };
    const { leads: told } = customer.told;
    const daysLeft = (Date.parse(reclaimOn) - Date.parse(today)) / 86_400_000;
    const reached = (this.pools.get(customer.pool)?.leads ?? []).filter((lead) => daysLeft <= lead && !told.has(lead));
    for (const lead of reached) told.add(lead);
    return reached.map((lead) => ({ id, memberId: ownerId, lead, reclaimOn }));
  }
}
