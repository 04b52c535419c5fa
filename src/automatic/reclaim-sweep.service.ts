import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { clockOnly, stateOf, subjectOf } from '../changes';
import { ChangeService } from '../changes/change.service';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { localDate, startOfPeriod } from '../domain/calendar/local-days';
import { customerKey } from '../domain/customer/customer';
import type { Pool } from '../domain/pool/pool-policy';
import {
  decideReclaim,
  followCompany,
  type ReclaimCandidate,
  type ReclaimReading,
} from '../domain/reclaim/decide-reclaim';
import { markedAmong } from '../idle-clock';
import { type ClockReading, IdleClock } from '../idle-clock/idle-clock.service';
import { ReminderService } from '../notifications/reminder.service';
import { lockPool } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import { FreshFacts } from './fresh-facts.service';
import { dueCustomers, peopleWhoFollow } from './reclaim-sweep.queries';

/** A company may have more people than one transaction should hold. */
const mostFollowers = 1000;
const dayMs = 86_400_000;
/** Namespace of sweep batches: a local day's sweep is one batch, whichever instances do it. */
const sweepNamespace = '5a1f7c52-7d53-4c2e-9a2b-0f4c1f6f2d11';

/**
 * docs/semantics.md#6-reclaiming: takes owned customers whose reclaim date has come back to their pools. Cost grows
 * with what is due.
 *
 * What decides: the pool's row keeps its caps exact, each customer's row and the check under its lock keep every reclaim
 * right and single. Instances that sweep at once take pools in turn.
 */
@Injectable()
export class ReclaimSweep {
  private readonly logger = new Logger(ReclaimSweep.name);

  constructor(
    private readonly freshFacts: FreshFacts,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly idleClock: IdleClock,
    private readonly changes: ChangeService,
    private readonly reminders: ReminderService,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError, IndexBusyError */
  @Job('reclaim-sweep')
  async run(): Promise<void> {
    await this.sweep();
    await this.reminders.voidMoved();
  }

  /**
   * Reads every source up to now first: a follow-up that Twenty knows of is never ignored.
   * @returns how many customers were taken back, without the people who followed
   * @throws TwentyError when the sources cannot be read; then nothing is taken
   */
  private async sweep(): Promise<number> {
    await this.freshFacts.gather();
    let reclaimed = 0;
    for (const { id, policy } of (await this.pools.all()).values()) {
      if (!policy.isActive) continue;
      for (let batch = await this.sweepBatch(id); batch; batch = await this.sweepBatch(id)) {
        reclaimed += batch.taken;
        if (batch.looked < TWENTY_BATCH) break;
      }
      while ((await this.followBatch(id)) === mostFollowers);
    }
    if (reclaimed > 0) this.logger.log({ reclaimed }, 'Customers went back to their pools');
    return reclaimed;
  }

  private async sweepBatch(poolId: string): Promise<{ taken: number; looked: number } | null> {
    return this.changes.change({
      gate: 'STEADY',
      scope: async (manager) => {
        const pool = await this.lockActivePool(manager, poolId);
        if (!pool) return null;
        const { now, today, zone } = await this.moment(manager);
        const refs = await dueCustomers(manager, {
          poolId,
          today,
          dayStart: startOfPeriod(now, zone, 'DAY').start,
          capPerRun: pool.policy.reclaimCapPerRun,
          capPerOwner: pool.policy.reclaimCapPerOwnerPerDay,
          spareSince: new Date(Date.parse(now) - (pool.policy.graceDays ?? 0) * dayMs).toISOString(),
          limit: TWENTY_BATCH,
        });
        return refs.length > 0 ? { refs } : null;
      },
      decide: async ({ manager, customers, inFlight, now }, { refs }) => {
        const { zone, batchId } = await this.moment(manager);
        const rows = refs.flatMap((ref) => customers.get(customerKey(ref)) ?? []);
        const marked = await markedAmong(
          manager,
          rows.map(({ recordId }) => recordId),
        );
        const readings = await this.idleClock.read(
          manager,
          rows.flatMap((row) => subjectOf(row, stateOf(row)) ?? []),
          now,
        );
        const decided = rows.map((customer) => {
          const candidate = candidateOf(customer, inFlight, marked);
          const event = decideReclaim(candidate, readingOf(readings.get(customer.recordId)), { batchId, now, zone });
          return { customer, event };
        });
        const taken = decided.flatMap(({ customer, event }) => (event ? [{ customer, event }] : []));
        // Those that turn out not to be due any more get the date that holds now.
        const kept = decided.filter(
          ({ customer, event }) => !event && customer.status === 'OWNED' && !inFlight.has(customer.recordId),
        );
        return {
          changes: [...taken, ...kept.map(({ customer }) => clockOnly(customer))],
          answer: { taken: taken.length, looked: refs.length },
        };
      },
    });
  }

  /** The people of companies that today's sweep has taken, however many they are and wherever an earlier one died. */
  private async followBatch(poolId: string): Promise<number> {
    const followed = await this.changes.change({
      gate: 'STEADY',
      scope: async (manager) => {
        if (!(await this.settings.current(manager)).PEOPLE_FOLLOW_COMPANY) return null;
        if (!(await this.lockActivePool(manager, poolId))) return null;
        const { batchId } = await this.moment(manager);
        const refs = await peopleWhoFollow(manager, { batchId, poolId, limit: mostFollowers });
        return refs.length > 0 ? { refs } : null;
      },
      decide: async ({ manager, customers, inFlight, now }, { refs }) => {
        const { batchId } = await this.moment(manager);
        const pools = await this.pools.all(manager);
        const changes = refs.flatMap((follower) => {
          const customer = customers.get(customerKey(follower));
          if (!customer || !pools.has(customer.poolId ?? '')) return [];
          const company = { recordId: follower.companyId, ownerId: follower.ownerId };
          const event = followCompany(candidateOf(customer, inFlight, new Set()), company, { batchId, now });
          return event ? [{ customer, event }] : [];
        });
        // What cannot go now must not be found again and again.
        return { changes, answer: changes.length === 0 ? 0 : refs.length };
      },
    });
    return followed ?? 0;
  }

  /** The pool's row keeps its caps exact. */
  private async lockActivePool(manager: EntityManager, poolId: string): Promise<Pool | null> {
    if (!(await lockPool(manager, poolId))) return null;
    const pool = (await this.pools.all(manager)).get(poolId);
    return pool?.policy.isActive ? pool : null;
  }

  private async moment(manager: EntityManager): Promise<{ now: string; today: string; zone: string; batchId: string }> {
    const { TIME_ZONE: zone } = await this.settings.current(manager);
    const now = this.clock.now();
    const today = localDate(now, zone);
    return { now, today, zone, batchId: uuidFromName(today, sweepNamespace) };
  }
}

function candidateOf(
  { status, poolId, ownerId, isDeleted, recordId }: CustomerEntity,
  inFlight: ReadonlySet<string>,
  marked: ReadonlySet<string>,
): ReclaimCandidate {
  return { status, poolId, ownerId, isDeleted, isInFlight: inFlight.has(recordId), isMarked: marked.has(recordId) };
}

function readingOf(reading: ClockReading | undefined): ReclaimReading | null {
  if (!reading) return null;
  const { lastActivityAt, lastActivityKind } = reading.facts;
  return { explanation: reading.explanation, lastActivityAt, lastActivityKind };
}
