import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { localDate, startOfPeriod } from '../domain/calendar/local-days';
import { archivesFrom } from '../domain/clean-up/archives-from';
import { cleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { archives, type CleanUpMoment, cleanUpPolicy } from '../domain/clean-up/clean-up.types';
import { type CleanUpDecision, decideCleanUp } from '../domain/clean-up/decide-clean-up';
import { customerKey } from '../domain/customer/customer';
import { toArchived } from '../domain/customer/state-transitions';
import type { Pool } from '../domain/pool/pool-policy';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { PolicyVersions } from '../idle-clock/policy-versions.service';
import { beforeOf, ChangeWriter, type CustomerChange, lockCustomers, stateOf } from '../changes';
import { returnFacts } from '../reading';
import { PendingWritesService } from '../changes/pending-writes.service';
import { lockPool } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { FreshFacts } from './fresh-facts.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { requireIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import { customersToArchive } from './clean-up.queries';

/** Namespace of runs: what is archived on a local day is one batch, whichever instances do it, and however often they look. */
const runNamespace = 'c0b1f1e6-0d4f-4a53-8c6e-5f7f0a3e9b24';

/**
 * Semantics section 7: archives what nobody claims, and what keeps coming back, in pools that ask for it. The same five steps as
 * every change of a customer; instances that are at it at once take pools in turn, as the sweep does.
 *
 * A pooled company takes nobody along, here as when a manager archives it: people follow an owner.
 */
@Injectable()
export class CleanUp {
  private readonly logger = new Logger(CleanUp.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly freshFacts: FreshFacts,
    private readonly pools: PoolsService,
    private readonly policyVersions: PolicyVersions,
    private readonly idleClock: IdleClock,
    private readonly changeWriter: ChangeWriter,
    private readonly pendingWrites: PendingWritesService,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /**
   * Reads Twenty up to now first, so that what somebody has taken there directly is not archived.
   * @returns how many customers were archived
   * @throws TwentyError, IndexBusyError; then nothing more is archived
   */
  async run(): Promise<number> {
    if (!(await this.archivingPools()).length) return 0;
    await this.freshFacts.gather();
    let archived = 0;
    for (const { id } of await this.archivingPools()) {
      for (;;) {
        const { writes, isMore } = await inTransaction(this.dataSource, (manager) => this.archiveBatch(manager, id));
        await this.pendingWrites.tell(writes, {
          priority: 'background',
          deadline: Date.now() + this.config.commandWaitMs,
        });
        archived += writes.length;
        if (!isMore) break;
      }
    }
    if (archived > 0) this.logger.log({ archived }, 'Customers that nobody claims were archived');
    return archived;
  }

  private async archivingPools(): Promise<Pool[]> {
    return [...(await this.pools.all()).values()].filter(({ policy }) => archives(cleanUpPolicy(policy)));
  }

  private async archiveBatch(
    manager: EntityManager,
    poolId: string,
  ): Promise<{ writes: PendingWriteEntity[]; isMore: boolean }> {
    await requireIndex(manager);
    const nothing = { writes: [], isMore: false };
    if (!(await lockPool(manager, poolId))) return nothing;
    const pool = (await this.pools.all(manager)).get(poolId);
    const policy = pool && cleanUpPolicy(pool.policy);
    if (!pool || !policy || !archives(policy)) return nothing;
    const { TIME_ZONE: zone } = await this.idleClock.settingsNow(manager);
    const moment: CleanUpMoment = { now: this.clock.now(), zone, calendar: await this.idleClock.calendar(manager) };
    const today = localDate(moment.now, zone);
    const editedAt = await this.policyVersions.cleanUpSince(manager, pool);
    if (editedAt === null || today < archivesFrom(editedAt, pool.policy, moment)) return nothing;

    const found = await customersToArchive(manager, {
      bounds: cleanUpBounds(poolId, policy, moment),
      dayStart: startOfPeriod(moment.now, zone, 'DAY').start,
      capPerRun: pool.policy.reclaimCapPerRun,
      limit: TWENTY_BATCH,
    });
    const locked = await lockCustomers(manager, found);
    const history = await returnFacts(manager, found);
    const changes = found.flatMap((ref): CustomerChange[] => {
      const customer = locked.get(customerKey(ref));
      const facts = history.get(ref.recordId);
      if (!customer || !facts || !isStillPooled(customer, poolId)) return [];
      const decision = decideCleanUp({ ...customer, ...facts }, policy, moment);
      return decision
        ? [archiveChange(customer, poolId, decision, { batchId: uuidFromName(today, runNamespace), now: moment.now })]
        : [];
    });
    const writes = await this.changeWriter.write(manager, changes, {
      commandId: null,
      leaseSeconds: this.config.leaseSeconds + this.config.commandWaitMs / 1000,
    });
    return { writes, isMore: changes.length > 0 && found.length === TWENTY_BATCH };
  }
}

/** Somebody may have had it between the look and the lock. */
function isStillPooled({ status, poolId, writeId, isDeleted }: CustomerEntity, home: string): boolean {
  return status === 'POOLED' && poolId === home && writeId === null && !isDeleted;
}

function archiveChange(
  customer: CustomerEntity,
  poolId: string,
  { reason, facts }: CleanUpDecision,
  { batchId, now }: { batchId: string; now: string },
): CustomerChange {
  const after = toArchived(stateOf(customer), poolId, now);
  return {
    customer,
    after,
    event: {
      type: 'ARCHIVED',
      state: 'PENDING',
      fromId: null,
      toId: null,
      actorId: null,
      poolId,
      reason,
      facts: { before: beforeOf(customer), ...facts },
      batchId,
      at: now,
    },
    // Nothing else of the record changes, and what is the same for all is one call for all.
    write: { kind: 'COMMAND', expectedOwners: [null], data: { poolStatus: after.status } },
  };
}
