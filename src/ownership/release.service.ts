import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer';
import { toPooled } from '../domain/ownership/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { refuse } from '../domain/refusal/refusal';
import { decideRelease } from '../domain/release/decide-release';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../pools/settings.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from './acting-member';
import { type CommandAnswer, type CommandDecision, CommandRunner, type DecisionInput, lookUp } from './command-runner.service';
import { type CustomerChange, fieldsOf, stateOf } from './customer-change';
import { memberNames } from './member.queries';

export interface ReleaseInput {
  refs: CustomerRef[];
  /** null: each to its home pool. */
  poolId: string | null;
  reason: string | null;
  note: string | null;
  requestId: string | null;
}

/** Semantics section 7: back to a pool, by the owner or a manager, with the people of a company. */
@Injectable()
export class ReleaseService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async release(member: ActingMember, input: ReleaseInput): Promise<CommandAnswer> {
    const { refs, poolId, reason, note, requestId } = input;
    return this.runner.run({
      kind: 'RELEASE',
      actorId: member.memberId,
      requestId,
      input: { refs, poolId, reason, note },
      refs,
      // Giving back passes no limit, so no member's row is locked.
      memberIds: [],
      followers: (manager) => this.peopleOf(manager, refs),
      decide: (decision) => this.decide(member, input, decision),
    });
  }

  private async decide(member: ActingMember, input: ReleaseInput, decision: DecisionInput): Promise<CommandDecision> {
    const { manager, customers, inFlight } = decision;
    const pools = await this.pools.all(manager);
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    const names = await memberNames(manager, [...customers.values()].map(({ ownerId }) => ownerId));
    const target = input.poolId === null ? undefined : (pools.get(input.poolId) ?? null);
    const released = new Map<string, CustomerChange>();

    const refusals = input.refs.map((ref) => {
      const customer = lookUp(customers, ref);
      const home = pools.get(customer?.poolId ?? '') ?? null;
      const state = released.has(customerKey(ref)) ? { status: 'POOLED' as const, ownerId: null } : customer;
      const candidate = customer && { object: customer.object, pool: home, status: state?.status ?? null, ownerId: state?.ownerId ?? null, ownerName: names.get(state?.ownerId ?? '') ?? null };
      const refusal = decideRelease(candidate, { actor, target, reason: input.reason });
      if (refusal) return refusal;
      if (!customer || !home || inFlight.has(ref.recordId)) return refuse('STALE');
      released.set(customerKey(ref), releaseChange(customer, target ?? home, member, input, decision));
      return null;
    });

    for (const person of followersOf([...released.values()], [...customers.values()])) {
      if (inFlight.has(person.recordId) || released.has(customerKey(person))) continue;
      const home = pools.get(person.poolId ?? '');
      const goesTo = target?.policy.managesPeople ? target : home;
      if (goesTo) released.set(customerKey(person), releaseChange(person, goesTo, member, input, decision));
    }
    return { refusals, changes: [...released.values()] };
  }

  private async peopleOf(manager: EntityManager, refs: CustomerRef[]): Promise<CustomerRef[]> {
    if (!(await this.settings.current(manager)).PEOPLE_FOLLOW_COMPANY) return [];
    const companyIds = refs.filter(({ object }) => object === 'COMPANY').map(({ recordId }) => recordId);
    const people = await manager.find(CustomerEntity, {
      where: { object: 'PERSON', companyId: In(companyIds), status: 'OWNED', isDeleted: false },
      select: { object: true, recordId: true },
    });
    return people.map(({ object, recordId }) => ({ object, recordId }));
  }
}

/** The people of the companies released who had the same owner. */
function followersOf(changes: CustomerChange[], customers: CustomerEntity[]): CustomerEntity[] {
  const formerOwners = new Map(changes.map(({ customer }) => [customer.recordId, customer.ownerId]));
  return customers.filter(
    ({ object, status, companyId, ownerId }) => object === 'PERSON' && status === 'OWNED' && companyId !== null && formerOwners.get(companyId) === ownerId,
  );
}

function releaseChange(customer: CustomerEntity, pool: Pool, member: ActingMember, input: ReleaseInput, { batchId, now }: DecisionInput): CustomerChange {
  const after = toPooled(stateOf(customer), pool.id, now);
  return {
    customer,
    after,
    event: {
      type: 'RELEASED',
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: null,
      actorId: member.memberId,
      poolId: pool.id,
      reason: input.reason,
      note: input.note,
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId, null], data: fieldsOf(after) },
  };
}
