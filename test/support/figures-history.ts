import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SeededRandom } from '../../packages/twenty-sandbox/src/random';
import type { CustomerObject, OwnershipEventType, PoolStatus } from '../../src/domain/customer/customer';

/** What a customer was after something happened to it. */
export interface Moment {
  eventId: string;
  type: OwnershipEventType;
  at: string;
  status: PoolStatus;
  poolId: string;
  ownerId: string | null;
  reason: string | null;
}

export interface ModelCustomer {
  object: CustomerObject;
  recordId: string;
  companyId: string | null;
  /** What holds, oldest first: undone steps are gone from it. */
  life: Moment[];
}

export interface ModelDeal {
  companyId: string | null;
  personId: string | null;
  ownerId: string | null;
  wonAt: string | null;
  isDeleted: boolean;
  id: string;
}

export interface ModelActivity {
  target: 'COMPANY' | 'PERSON' | 'OPPORTUNITY';
  targetId: string;
  kind: string;
  memberId: string;
  at: string;
}

interface EventRow {
  id: string;
  state: string;
  type: string;
  object: string;
  record_id: string;
  from_id: string | null;
  from_name: string | null;
  to_id: string | null;
  to_name: string | null;
  is_system: boolean;
  pool_id: string | null;
  reason: string | null;
  facts: Record<string, unknown> | null;
  at: string;
}

export interface HistoryOptions {
  seed: number;
  pools: string[];
  members: string[];
  /** Of the members: Twenty has emptied every relation to them. */
  gone: string;
  from: string;
  until: string;
  /** Instants at which things are made to happen now and then, such as midnights. */
  edges: string[];
  customers: number;
  steps: number;
}

const minuteMs = 60_000;
const reasons = ['NO_NEED', 'Too far', ' ', null];

/** Lives of customers as the engine writes them down, with all that does not count strewn in; and what really held. */
export class FiguresHistory {
  readonly customers: ModelCustomer[];
  readonly deals: ModelDeal[] = [];
  readonly activities: ModelActivity[] = [];
  private readonly rows: EventRow[] = [];
  private readonly random: SeededRandom;

  constructor(private readonly options: HistoryOptions) {
    this.random = new SeededRandom(options.seed);
    const companies = Array.from({ length: options.customers }, (): ModelCustomer => ({
      object: 'COMPANY',
      recordId: randomUUID(),
      companyId: null,
      life: [],
    }));
    const people = companies
      .filter((_, index) => index % 3 === 0)
      .map((company): ModelCustomer => ({
        object: 'PERSON',
        recordId: randomUUID(),
        companyId: company.recordId,
        life: [],
      }));
    this.customers = [...companies, ...people];
    for (const at of this.times()) this.step(this.random.pick(this.customers), at);
    for (const customer of this.customers) {
      if (customer.life.at(-1)?.ownerId === options.gone)
        this.happen(customer, options.until, 'OFFBOARDED', { status: 'POOLED', ownerId: null });
    }
    this.addDeals();
    this.addActivities();
  }

  /** Writes it where the engine would have. */
  async store(dataSource: DataSource): Promise<void> {
    const known = (memberId: string | null) => (memberId === this.options.gone ? null : memberId);
    await insert(
      dataSource,
      'ownership_event',
      this.rows.map((row) => ({ ...row, from_id: known(row.from_id), to_id: known(row.to_id) })),
    );
    await insert(
      dataSource,
      'opportunity',
      this.deals.map(({ id, companyId, personId, ownerId, wonAt, isDeleted }) => ({
        id,
        company_id: companyId,
        person_id: personId,
        owner_id: ownerId,
        stage: 'ANY',
        created_at: this.options.from,
        won_at: wonAt,
        updated_at: this.options.from,
        is_deleted: isDeleted,
      })),
    );
    await insert(
      dataSource,
      'activity',
      this.activities.map(({ target, targetId, kind, memberId, at }) => ({
        kind,
        source_id: randomUUID(),
        origin_id: randomUUID(),
        target_object: target,
        target_id: targetId,
        at,
        member_id: memberId,
      })),
    );
    await insert(
      dataSource,
      'customer',
      this.customers.map(({ object, recordId, companyId, life }) => {
        const { status = null, poolId = null, ownerId = null } = life.at(-1) ?? {};
        return {
          object,
          record_id: recordId,
          company_id: companyId,
          status,
          pool_id: poolId,
          owner_id: ownerId,
          touched_at: this.options.until,
        };
      }),
    );
  }

  private times(): string[] {
    const { from, until, steps, edges } = this.options;
    const between = () => Date.parse(from) + this.random.next() * (Date.parse(until) - Date.parse(from));
    const times = Array.from({ length: steps }, () =>
      this.random.chance(0.1) ? Date.parse(this.random.pick(edges)) : between(),
    );
    return times.sort((a, b) => a - b).map((time) => new Date(time).toISOString());
  }

  private step(customer: ModelCustomer, at: string): void {
    const now = customer.life.at(-1);
    if (!now) return this.enter(customer, at);
    if (this.random.chance(0.15)) this.distract(customer, now, at);
    if (this.random.chance(0.12) && this.undo(customer, at)) return;
    const pool = this.otherPool(now.poolId);
    const member = this.otherMember(now.ownerId);
    const { random } = this;
    if (now.status === 'ARCHIVED') return this.happen(customer, at, 'RESTORED', { status: 'POOLED' });
    if (now.status === 'POOLED') {
      const roll = random.next();
      if (roll < 0.4) return this.happen(customer, at, 'CLAIMED', { status: 'OWNED', ownerId: member });
      if (roll < 0.65) return this.happen(customer, at, 'ASSIGNED', { status: 'OWNED', ownerId: member });
      if (roll < 0.75)
        return this.happen(customer, at, 'OBSERVED', {
          status: 'OWNED',
          ownerId: member,
          poolId: random.chance(0.3) ? pool : now.poolId,
        });
      if (roll < 0.88) return this.happen(customer, at, 'ROUTED', { poolId: pool });
      return this.happen(customer, at, 'ARCHIVED', { status: 'ARCHIVED', reason: random.pick(reasons) });
    }
    const roll = random.next();
    if (roll < 0.25) return this.happen(customer, at, 'RECLAIMED', { status: 'POOLED', ownerId: null });
    if (roll < 0.5)
      return this.happen(customer, at, 'RELEASED', {
        status: 'POOLED',
        ownerId: null,
        poolId: random.chance(0.3) ? pool : now.poolId,
        reason: random.pick(reasons),
      });
    if (roll < 0.6) return this.happen(customer, at, 'REASSIGNED', { ownerId: member });
    if (roll < 0.7)
      return this.happen(
        customer,
        at,
        'OFFBOARDED',
        random.chance(0.5) ? { ownerId: member } : { status: 'POOLED', ownerId: null },
      );
    if (roll < 0.78)
      return this.happen(
        customer,
        at,
        'OBSERVED',
        random.chance(0.5) ? { ownerId: member } : { status: 'POOLED', ownerId: null },
      );
    if (roll < 0.92) return this.happen(customer, at, 'ROUTED', { poolId: pool });
    return this.happen(customer, at, 'ARCHIVED', { status: 'ARCHIVED', ownerId: null, reason: random.pick(reasons) });
  }

  private enter(customer: ModelCustomer, at: string): void {
    const owner = this.random.chance(0.2) ? this.otherMember(null) : null;
    this.happen(customer, at, 'ROUTED', {
      status: owner ? 'OWNED' : 'POOLED',
      ownerId: owner,
      poolId: this.otherPool(null),
    });
  }

  private happen(customer: ModelCustomer, at: string, type: OwnershipEventType, change: Partial<Moment>): void {
    const before = customer.life.at(-1);
    const after: Moment = {
      status: 'POOLED',
      poolId: '',
      ownerId: null,
      ...before,
      eventId: randomUUID(),
      type,
      at,
      reason: null,
      ...change,
    };
    customer.life.push(after);
    // A move that somebody made in Twenty names nobody, a move by a manager names the owner twice.
    const namesNobody = type === 'ROUTED' && before !== undefined && this.random.chance(0.5);
    this.write(customer, {
      id: after.eventId,
      type,
      at,
      from: namesNobody ? null : (before?.ownerId ?? null),
      to: namesNobody ? null : after.ownerId,
      poolId: after.poolId,
      reason: after.reason,
    });
  }

  /** What is written down and changes nothing. */
  private distract(customer: ModelCustomer, now: Moment, at: string): void {
    const member = this.otherMember(now.ownerId);
    const { ownerId, poolId } = now;
    const line = this.random.pick([
      { type: 'HELD', from: ownerId, to: ownerId, poolId },
      { type: 'PROTECTED', from: ownerId, to: ownerId, poolId },
      { type: 'REVERTED', from: member, to: ownerId, poolId },
      { type: 'CLAIMED', from: null, to: member, poolId, state: 'VOID' },
      { type: 'RECLAIMED', from: ownerId, to: null, poolId, state: 'PENDING' },
      { type: 'RELEASED', from: ownerId, to: null, poolId, state: 'VOID', reason: 'Never happened' },
    ]);
    this.write(customer, { id: randomUUID(), at, reason: null, ...line });
  }

  private undo(customer: ModelCustomer, at: string): boolean {
    const last = customer.life.at(-1);
    const before = customer.life.at(-2);
    if (!last || !before || last.type === 'ROUTED' || last.type === 'OBSERVED') return false;
    customer.life.pop();
    this.write(customer, {
      id: randomUUID(),
      type: 'UNDONE',
      at,
      from: last.ownerId,
      to: before.ownerId,
      poolId: before.poolId,
      reason: null,
      facts: { undoes: last.eventId, type: last.type },
    });
    return true;
  }

  private write(
    { object, recordId }: ModelCustomer,
    {
      from,
      to,
      poolId,
      state = 'CONFIRMED',
      facts = null,
      ...line
    }: {
      id: string;
      type: string;
      at: string;
      from: string | null;
      to: string | null;
      poolId: string;
      reason: string | null;
      state?: string;
      facts?: EventRow['facts'];
    },
  ): void {
    this.rows.push({
      ...line,
      state,
      object,
      record_id: recordId,
      from_id: from,
      from_name: from && `Name of ${from}`,
      to_id: to,
      to_name: to && `Name of ${to}`,
      is_system: false,
      pool_id: poolId,
      facts,
    });
  }

  private addDeals(): void {
    for (const { object, recordId, life } of this.customers) {
      while (this.random.chance(0.6)) {
        const companyId = object === 'COMPANY' ? recordId : null;
        const wonAt = this.random.chance(0.8) ? this.momentNear(life) : null;
        this.deals.push({
          id: randomUUID(),
          companyId,
          personId: companyId ? null : recordId,
          ownerId: this.random.pick(this.options.members),
          wonAt,
          isDeleted: this.random.chance(0.1),
        });
      }
    }
  }

  private addActivities(): void {
    for (const { object, recordId, life } of this.customers) {
      const own = this.deals.filter(({ companyId, personId }) => companyId === recordId || personId === recordId);
      while (this.random.chance(0.85)) {
        const deal = own.length > 0 && this.random.chance(0.3) ? this.random.pick(own) : null;
        this.activities.push({
          target: deal ? 'OPPORTUNITY' : object,
          targetId: deal?.id ?? recordId,
          kind: this.random.pick(['NOTE', 'MEETING', 'EMAIL_RECEIVED']),
          memberId: this.random.pick(this.options.members),
          at: this.momentNear(life),
        });
      }
    }
  }

  /** At, shortly before or after something that happened. */
  private momentNear(life: Moment[]): string {
    const at = life.length > 0 ? Date.parse(this.random.pick(life).at) : Date.parse(this.options.from);
    return new Date(at + this.random.pick([0, 0, -1, 1, 90 * minuteMs, 3000 * minuteMs])).toISOString();
  }

  private otherPool(poolId: string | null): string {
    return this.random.pick(this.options.pools.filter((id) => id !== poolId));
  }

  private otherMember(memberId: string | null): string {
    return this.random.pick(this.options.members.filter((id) => id !== memberId));
  }
}

async function insert(dataSource: DataSource, table: string, rows: object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await dataSource.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
