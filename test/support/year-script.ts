import type { SlowPolicy } from '../simulation/idle-clock-slow-model';
import type { Member, TwentyHands } from './highseas-twenty';
import type { YearCustomer, YearModel } from './year-model';

const dayMs = 86_400_000;

/** Random numbers that a seed repeats (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What people do in Twenty on a day of the year, each customer once at most, told to the model as well. */
export class YearScript {
  constructor(
    private readonly twenty: TwentyHands,
    private readonly model: YearModel,
    private readonly members: Member[],
    private readonly admin: Member,
    private readonly random: () => number,
  ) {}

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.random() * from.length)];
    if (picked === undefined) throw new Error('Nothing to pick from');
    return picked;
  }

  integer(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  policy(dayCounting: SlowPolicy['dayCounting']): SlowPolicy {
    const maybe = (least: number, most: number) => (this.chance(0.6) ? this.integer(least, most) : null);
    return {
      isActive: true,
      firstFollowUpDays: maybe(2, 10),
      followUpDays: this.chance(0.8) ? this.integer(5, 20) : null,
      noOpportunityDays: maybe(8, 20),
      noDealDays: maybe(12, 22),
      maxHoldDays: this.chance(0.3) ? this.integer(15, 22) : null,
      afterDateField: null,
      afterDateDays: null,
      dayCounting,
      planDefersDays: maybe(1, 6),
      graceDays: maybe(1, 6),
      wonIsExempt: this.chance(0.5),
      openOpportunityIsExempt: this.chance(0.2),
    };
  }

  /** The policy of a pool is edited in Twenty. */
  async changePolicy(pool: string, policy: SlowPolicy): Promise<void> {
    const known = this.model.pools.get(pool);
    if (!known) throw new Error(`No pool ${pool}`);
    await this.edit(this.admin, 'customerPool', pool, { ...policy });
    this.model.pools.set(pool, { ...known, policy, change: { at: this.now(), former: known.policy } });
  }

  async day(): Promise<void> {
    if (this.chance(0.06)) await this.leave();
    for (const customer of this.model.customers) {
      if (customer.ownerId === null) await this.dayOfPooled(customer);
      else await this.dayOfOwned(customer, this.memberOf(customer.ownerId));
    }
  }

  private async dayOfPooled(customer: YearCustomer): Promise<void> {
    if (this.chance(0.15)) await this.give(customer, this.pick(this.members));
    else if (this.chance(0.03)) await this.note(customer, this.pick(this.members));
  }

  private async dayOfOwned(customer: YearCustomer, owner: Member): Promise<void> {
    const roll = this.random();
    if (roll < 0.06) await this.note(customer, owner);
    else if (roll < 0.09) await this.note(customer, this.pick(this.members));
    else if (roll < 0.11) await this.opportunity(customer, owner);
    else if (roll < 0.12) await this.win(customer, owner);
    else if (roll < 0.14) await this.plan(customer, owner);
    else if (roll < 0.15) await this.give(customer, this.pick(this.members.filter(({ id }) => id !== owner.id)));
    else if (roll < 0.16) await this.protect(customer);
    else if (roll < (customer.isLocked ? 0.25 : 0.165)) await this.lock(customer, !customer.isLocked);
  }

  private async give(customer: YearCustomer, to: Member): Promise<void> {
    await this.edit(this.admin, customer.object, customer.id, {
      [customer.object === 'company' ? 'accountOwnerId' : 'ownerId']: to.id,
    });
    customer.ownerId = to.id;
    customer.ownedSince = this.now();
  }

  private async note(customer: YearCustomer, by: Member): Promise<void> {
    const noteId = await this.create(by, 'Note', { title: 'Called' });
    await this.create(by, 'NoteTarget', { noteId, [this.target(customer)]: customer.id });
    customer.activities.push({ at: this.now(), by: by.id });
  }

  private async opportunity(customer: YearCustomer, owner: Member): Promise<void> {
    const link = customer.object === 'company' ? { companyId: customer.id } : { pointOfContactId: customer.id };
    const id = await this.create(owner, 'Opportunity', { name: 'Deal', stage: 'NEW', ownerId: owner.id, ...link });
    const createdAt = this.now();
    customer.opportunities.push({ id, createdAt, wonAt: null });
    customer.activities.push({ at: createdAt, by: owner.id });
  }

  private async win(customer: YearCustomer, owner: Member): Promise<void> {
    const open = customer.opportunities.find(({ wonAt }) => wonAt === null);
    if (!open) return;
    await this.edit(owner, 'Opportunity', open.id, { stage: 'CUSTOMER' });
    open.wonAt = this.now();
    customer.activities.push({ at: open.wonAt, by: owner.id });
  }

  /** Due in the early morning, so that the day it is due on begins before it and goes on after it. */
  private async plan(customer: YearCustomer, owner: Member): Promise<void> {
    const dueAt = new Date(Date.parse(this.now()) + this.integer(2, 15) * dayMs - 3 * 3_600_000).toISOString();
    const taskId = await this.create(owner, 'Task', {
      title: 'Call again',
      status: 'TODO',
      dueAt,
      assigneeId: owner.id,
    });
    await this.create(owner, 'TaskTarget', { taskId, [this.target(customer)]: customer.id });
    customer.plans.push({ by: owner.id, dueAt });
  }

  private async protect(customer: YearCustomer): Promise<void> {
    const protectedUntil = new Date(Date.parse(this.now()) + this.integer(5, 20) * dayMs).toISOString();
    await this.edit(this.admin, customer.object, customer.id, { protectedUntil });
    customer.protectedUntil = protectedUntil;
  }

  private async lock(customer: YearCustomer, isLocked: boolean): Promise<void> {
    await this.edit(this.admin, customer.object, customer.id, { isLocked });
    customer.isLocked = isLocked;
  }

  private async leave(): Promise<void> {
    const member = this.pick(this.members);
    const from = this.localDate(this.integer(1, 10));
    const until = new Date(Date.parse(from) + this.integer(0, 9) * dayMs).toISOString().slice(0, 10);
    await this.create(this.admin, 'MemberLeave', { name: 'Leave', memberId: member.id, from, until });
    this.model.leaves.push({ memberId: member.id, from, until });
  }

  private localDate(inDays: number): string {
    return new Date(this.twenty.sandbox.clock.now() + inDays * dayMs).toISOString().slice(0, 10);
  }

  private now(): string {
    return this.twenty.sandbox.clock.iso();
  }

  private target(customer: YearCustomer): string {
    return customer.object === 'company' ? 'targetCompanyId' : 'targetPersonId';
  }

  private memberOf(id: string): Member {
    const member = this.members.find((one) => one.id === id);
    if (!member) throw new Error(`No member ${id}`);
    return member;
  }

  /** Tokens end when the clock moves, so each call takes its own. */
  private async create(who: Member, type: string, data: Record<string, unknown>): Promise<string> {
    const answer = await this.ask(who, `mutation($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`, {
      data,
    });
    return (answer[`create${type}`] as { id: string }).id;
  }

  private async edit(who: Member, object: string, id: string, data: Record<string, unknown>): Promise<void> {
    const type = object.charAt(0).toUpperCase() + object.slice(1);
    await this.ask(
      who,
      `mutation($id: UUID!, $data: ${type}UpdateInput!) { update${type}(id: $id, data: $data) { id } }`,
      { id, data },
    );
  }

  private async ask(who: Member, query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.twenty.graphql(await this.twenty.token(who, { kind: 'user' }), query, variables);
  }
}
