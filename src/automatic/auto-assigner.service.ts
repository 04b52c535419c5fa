import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { ChangeService } from '../changes/change.service';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import type { AutoAssignStrategy, Lead } from '../domain/assignment/auto/auto-assignment.types';
import { decideAssignments, turnWithout } from '../domain/assignment/auto/decide-assignments';
import { type AssignmentExplanation, explain } from '../domain/assignment/auto/describe-assignment';
import type { Turn } from '../domain/assignment/auto/turn';
import { localDate } from '../domain/calendar/local-days';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { Pool } from '../domain/pool/pool-policy';
import { DuplicatesService } from '../duplicates/duplicates.service';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { AssignmentTurnEntity } from '../storage/entities/assignment-turn.entity';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { inTransaction } from '../storage/transaction';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import { assigneeIds, loadAssignees } from './assignees.queries';
import { LeadValues, type ReadValues } from './lead-values.service';
import { dueLeads, forgetDue, loadPastOwners, makeAllDue, noteStays, setDue } from './leads.queries';
import { hasComeRound } from './schedule';
import { keepTurn, takeLost, takeTurn, turnOf } from './turns.queries';

/** What stays is tried again after as long as it has waited, within these. */
const shortestPauseMs = 60_000;
const longestPauseMs = 3_600_000;
/** A decision that Twenty does not take is made anew after this. */
const afterLossMs = 600_000;

interface Decided {
  customer: CustomerEntity;
  /** null: it stays in the pool. */
  memberId: string | null;
  explanation: AssignmentExplanation;
}
type AssigningPool = Pool & { policy: { autoAssign: AutoAssignStrategy } };

/**
 * docs/semantics.md#auto-assign: gives pooled customers out by the pool's strategy, in batches, so that commands of
 * people come in between.
 *
 * What decides: the pool's turn row keeps shares exact whatever the number of instances, members' rows keep limits, each
 * customer's row keeps it with one.
 */
@Injectable()
export class AutoAssigner {
  private readonly logger = new Logger(AutoAssigner.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly leadValues: LeadValues,
    private readonly duplicates: DuplicatesService,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** @returns how many customers were given out */
  @Job('auto-assign')
  async run(): Promise<number> {
    let given = 0;
    for (const pool of (await this.pools.all()).values()) {
      if (!assigns(pool)) await forgetDue(this.dataSource.manager, pool.id);
      else if (pool.policy.isActive) given += await this.runPool(pool);
    }
    if (given > 0) this.logger.log({ given }, 'Customers were given out');
    return given;
  }

  private async runPool(pool: AssigningPool): Promise<number> {
    if (pool.policy.autoAssignWhen === 'ON_SCHEDULE') await this.followSchedule(pool);
    let given = 0;
    for (;;) {
      const { TIME_ZONE } = await this.settings.current();
      const now = this.clock.now();
      const leads = await dueLeads(this.dataSource.manager, pool.id, now, localDate(now, TIME_ZONE), TWENTY_BATCH);
      if (leads.length === 0) return given;
      const values: ReadValues =
        pool.policy.autoAssign === 'MATCH' ? await this.leadValues.read(leads, pool.policy.matchFields) : new Map();
      const count = await this.giveOut(pool.id, leads, values);
      if (count === null) return given;
      given += count;
      if (leads.length < TWENTY_BATCH) return given;
    }
  }

  /** However often it came round while nobody looked, everything in the pool is due once. */
  private async followSchedule({ id, policy }: Pool): Promise<void> {
    const { autoAssignSchedule } = policy;
    if (!autoAssignSchedule) return;
    await inTransaction(this.dataSource, async (manager) => {
      const turn = await takeTurn(manager, id);
      if (!turn) return;
      const now = this.clock.now();
      const { TIME_ZONE } = await this.settings.current(manager);
      if (turn.scheduledAt !== null && !hasComeRound(autoAssignSchedule, TIME_ZONE, turn.scheduledAt, now)) return;
      // A schedule that is new begins now.
      if (turn.scheduledAt !== null) await makeAllDue(manager, id, now);
      await manager.update(AssignmentTurnEntity, { poolId: id }, { scheduledAt: now });
    });
  }

  /** @returns how many; null when another instance is giving out from this pool, or nothing is given out from it any more */
  private giveOut(poolId: string, refs: CustomerRef[], values: ReadValues): Promise<number | null> {
    return this.changes.change({
      gate: 'STEADY',
      scope: async (manager) => {
        const turn = await takeTurn(manager, poolId);
        const pools = await this.pools.all(manager);
        const pool = pools.get(poolId);
        if (!turn || !pool?.policy.isActive || !assigns(pool)) return null;
        const memberIds = await assigneeIds(manager, poolId);
        const matchKeys = pool.policy.duplicatePolicy === 'REFUSE' ? { matchKeysOf: refs } : {};
        return { refs, memberIds, turn, pool, pools, ...matchKeys };
      },
      decide: async ({ manager, customers: locked, inFlight, now }, { memberIds, turn, pool, pools }) => {
        const settings = await this.settings.current(manager);
        const today = localDate(now, settings.TIME_ZONE);
        const customers = refs
          .flatMap((ref) => locked.get(customerKey(ref)) ?? [])
          .filter((customer) => !inFlight.has(customer.recordId) && isDue(customer, poolId, now, today));
        const members = await loadAssignees(manager, memberIds, pool, settings, pools, now);
        const leads = await this.leadsOf(manager, customers, pool, values);
        const { autoAssign: strategy, priorContactFirst, newcomerFloorPercent, matchFields } = pool.policy;
        const lost = (await takeLost(manager, poolId)).filter((one) => one.strategy === strategy);
        const before = turnWithout(
          turn.strategy === strategy ? lost : [],
          members,
          { strategy, newcomerFloorPercent },
          turnOf(turn, strategy),
        );
        const { decisions, turn: next } = decideAssignments(
          leads,
          members,
          { strategy, priorContactFirst, newcomerFloorPercent, matchFields },
          before,
        );
        await keepTurn(manager, poolId, strategy, next);
        const decided = customers.flatMap((customer, index) => {
          const decision = decisions[index];
          return decision ? [{ customer, memberId: decision.memberId, explanation: explain(decision) }] : [];
        });
        const batchId = randomUUID();
        const changes = decided.flatMap(({ customer, memberId, explanation }) =>
          memberId === null
            ? []
            : [{ customer, event: assigned(memberId, poolId, explanation, { batchId, before, now }) }],
        );
        await this.noteDecided(manager, pool, decided, now);
        return { changes, answer: changes.length };
      },
    });
  }

  private async noteDecided(manager: EntityManager, pool: Pool, decided: Decided[], now: string): Promise<void> {
    const given = decided.filter(({ memberId }) => memberId !== null);
    const stays = decided.filter(({ memberId }) => memberId === null);
    await setDue(manager, [
      ...given.map(({ customer }) => ({ ...refOf(customer), due: later(now, afterLossMs) })),
      ...stays.map(({ customer }) => ({ ...refOf(customer), due: nextLook(customer, pool, now) })),
    ]);
    await noteStays(
      manager,
      stays.map(({ customer, explanation }) => ({ ...refOf(customer), poolId: pool.id, explanation })),
      given.map(({ customer }) => refOf(customer)),
      now,
    );
  }

  private async leadsOf(
    manager: EntityManager,
    customers: CustomerEntity[],
    pool: Pool,
    values: ReadValues,
  ): Promise<Lead[]> {
    const pastOwners = await loadPastOwners(manager, customers);
    const same = pool.policy.duplicatePolicy === 'REFUSE' ? await this.duplicates.sameness(manager, customers) : null;
    return customers.map((customer) => ({
      key: customerKey(customer),
      countsTowardsCapacity: pool.policy.wonCountsTowardsCapacity || !customer.isWon,
      pastOwners: pastOwners.get(customerKey(customer)) ?? [],
      duplicateOwnerId: same?.get(customerKey(customer))?.ownerId ?? null,
      sameAs: same?.get(customerKey(customer))?.keys ?? [],
      values: values.get(customerKey(customer)) ?? null,
    }));
  }
}

function assigns(pool: Pool): pool is AssigningPool {
  return pool.policy.autoAssign !== 'OFF';
}

function isDue(customer: CustomerEntity, poolId: string, now: string, today: string): boolean {
  const { status, isDeleted, autoAssignDue, quietUntil } = customer;
  if (status !== 'POOLED' || customer.poolId !== poolId || isDeleted) return false;
  return autoAssignDue !== null && autoAssignDue <= now && (quietUntil === null || quietUntil <= today);
}

function refOf({ object, recordId }: CustomerEntity): CustomerRef {
  return { object, recordId };
}

/** A schedule says itself when it comes round; on entry, members may be free again later. */
function nextLook({ pooledSince }: CustomerEntity, { policy }: Pool, now: string): string | null {
  if (policy.autoAssignWhen === 'ON_SCHEDULE') return null;
  const waited = pooledSince === null ? 0 : Date.parse(now) - Date.parse(pooledSince);
  return later(now, Math.min(Math.max(waited, shortestPauseMs), longestPauseMs));
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}

function assigned(
  toId: string,
  poolId: string,
  explanation: AssignmentExplanation,
  { batchId, before, now }: { batchId: string; before: Turn; now: string },
): OwnershipEvent {
  const facts = { ...explanation, pointer: before.lastMemberId };
  return { type: 'ASSIGNED', toId, actorId: null, poolId, facts, batchId, at: now };
}
