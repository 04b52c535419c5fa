import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { localDate, startOfPeriod } from '../domain/calendar/local-days';
import { customerKey } from '../domain/customer/customer';
import { isDue } from '../domain/idle-clock/explain-clock';
import { toPooled } from '../domain/customer/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { type ClockReading, IdleClock } from '../idle-clock/idle-clock.service';
import { beforeOf, ChangeWriter, subjectOf, type CustomerChange, fieldsOf, stateOf, lockCustomers } from '../changes';
import { PendingWritesService } from '../changes/pending-writes.service';
import { lockPool } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { shareIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import { dueCustomers, peopleWhoFollow } from './reclaim-sweep.queries';
import { FreshFacts } from './fresh-facts.service';

/** Namespace of sweep batches: a local day's sweep is one batch, whichever instances do it. */
const sweepNamespace = '5a1f7c52-7d53-4c2e-9a2b-0f4c1f6f2d11';

/**
 * Semantics section 6: takes owned customers whose reclaim date has come back to their pools. Cost grows with what is due.
 *
 * What decides: the pool's row keeps its caps exact, each customer's row and the check under its lock keep every reclaim
 * right and single. Instances that sweep at once take pools in turn.
 */
@Injectable()
export class ReclaimSweep {
  private readonly logger = new Logger(ReclaimSweep.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly freshFacts: FreshFacts,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly idleClock: IdleClock,
    private readonly changeWriter: ChangeWriter,
    private readonly pendingWrites: PendingWritesService,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /**
   * Reads every source up to now first: a follow-up that Twenty knows of is never ignored.
   * @returns how many customers were taken back, without the people who followed
   * @throws TwentyError when the sources cannot be read; then nothing is taken
   */
  async sweep(): Promise<number> {
    await this.freshFacts.gather();
    let reclaimed = 0;
    for (const pool of (await this.pools.all()).values()) {
      if (!pool.policy.isActive) continue;
      for (;;) {
        const { writes, count, looked } = await inTransaction(this.dataSource, (manager) =>
          this.sweepBatch(manager, pool.id),
        );
        await this.pendingWrites.tell(writes, {
          priority: 'background',
          deadline: Date.now() + this.config.commandWaitMs,
        });
        reclaimed += count;
        if (looked < TWENTY_BATCH) break;
      }
    }
    if (reclaimed > 0) this.logger.log({ reclaimed }, 'Customers went back to their pools');
    return reclaimed;
  }

  private async sweepBatch(
    manager: EntityManager,
    poolId: string,
  ): Promise<{ writes: PendingWriteEntity[]; count: number; looked: number }> {
    await shareIndex(manager);
    const nothing = { writes: [], count: 0, looked: 0 };
    if (!(await lockPool(manager, poolId))) return nothing;
    const pool = (await this.pools.all(manager)).get(poolId);
    if (!pool?.policy.isActive) return nothing;
    const settings = await this.settings.current(manager);
    const now = this.clock.now();
    const today = localDate(now, settings.TIME_ZONE);
    const due = await dueCustomers(manager, {
      poolId,
      today,
      dayStart: startOfPeriod(now, settings.TIME_ZONE, 'DAY').start,
      capPerRun: pool.policy.reclaimCapPerRun,
      capPerOwner: pool.policy.reclaimCapPerOwnerPerDay,
      spareSince: new Date(Date.parse(now) - (pool.policy.graceDays ?? 0) * 86_400_000).toISOString(),
      limit: TWENTY_BATCH,
    });
    const followers = settings.PEOPLE_FOLLOW_COMPANY ? await peopleWhoFollow(manager, due) : [];
    const locked = await lockCustomers(manager, [...due, ...followers]);
    const rows = due.flatMap((ref) => locked.get(customerKey(ref)) ?? []);
    const readings = await this.idleClock.read(
      manager,
      rows.flatMap((row) => subjectOf(row, stateOf(row)) ?? []),
      now,
    );
    const leaving = rows.filter((row) => isStillDue(row, readings.get(row.recordId), now, settings.TIME_ZONE));

    const batchId = uuidFromName(today, sweepNamespace);
    const run = { batchId, now };
    const changes = new Map(
      leaving.map((row) => [row.recordId, reclaimChange(row, pool, readings.get(row.recordId), run)]),
    );
    const pools = await this.pools.all(manager);
    for (const person of followers.flatMap((ref) => locked.get(customerKey(ref)) ?? [])) {
      const company = leaving.find(
        ({ recordId, ownerId }) => recordId === person.companyId && ownerId === person.ownerId,
      );
      const home = pools.get(person.poolId ?? '');
      if (!company || !home || changes.has(person.recordId) || person.status !== 'OWNED' || person.writeId !== null)
        continue;
      changes.set(person.recordId, reclaimChange(person, home, undefined, run, company.recordId));
    }
    // Those that turn out not to be due any more get the date that holds now.
    const corrected = rows.filter((row) => !leaving.includes(row) && row.status === 'OWNED' && row.writeId === null);
    const kept = corrected.map((customer): CustomerChange => ({
      customer,
      after: stateOf(customer),
      event: null,
      write: null,
    }));
    const writes = await this.changeWriter.write(manager, [...changes.values(), ...kept], {
      commandId: null,
      leaseSeconds: this.config.leaseSeconds + this.config.commandWaitMs / 1000,
    });
    return { writes, count: leaving.length, looked: due.length };
  }
}

function isStillDue(row: CustomerEntity, reading: ClockReading | undefined, now: string, timeZone: string): boolean {
  if (row.status !== 'OWNED' || row.writeId !== null || row.isDeleted || row.clockStaleSince !== null) return false;
  return reading !== undefined && isDue(reading.explanation.reclaimOn, now, timeZone);
}

function reclaimChange(
  customer: CustomerEntity,
  pool: Pool,
  reading: ClockReading | undefined,
  { batchId, now }: { batchId: string; now: string },
  followedCompany?: string,
): CustomerChange {
  const after = toPooled(stateOf(customer), pool.id, now);
  const binding = reading?.explanation.rules.find((rule) => rule.binding);
  return {
    customer,
    after,
    event: {
      type: 'RECLAIMED',
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: null,
      actorId: null,
      poolId: pool.id,
      rule: reading?.explanation.rule ?? null,
      facts: {
        before: beforeOf(customer),
        ...(followedCompany ? { followedCompany } : {}),
        ...(reading
          ? {
              reclaimOn: reading.explanation.reclaimOn,
              lastActivityAt: reading.facts.lastActivityAt,
              lastActivityKind: reading.facts.lastActivityKind,
              ...(binding ? { base: binding.base, days: binding.days, heldDays: binding.heldDays } : {}),
            }
          : {}),
      },
      batchId,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId, null], data: fieldsOf(after) },
  };
}
