import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { ChangeService } from '../changes/change.service';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { localDate, startOfPeriod } from '../domain/calendar/local-days';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { archivesFrom } from '../domain/clean-up/archives-from';
import { cleanUpBounds } from '../domain/clean-up/clean-up-bounds';
import { archives, type CleanUpMoment, cleanUpPolicy } from '../domain/clean-up/clean-up.types';
import { type CleanUpDecision, decideCleanUp } from '../domain/clean-up/decide-clean-up';
import { customerKey } from '../domain/customer/customer';
import type { Pool } from '../domain/pool/pool-policy';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { PolicyVersions } from '../idle-clock/policy-versions.service';
import { lockPool } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { returnFacts } from '../reading';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import { customersToArchive } from './clean-up.queries';
import { FreshFacts } from './fresh-facts.service';

/** Namespace of runs: what is archived on a local day is one batch, whichever instances do it, and however often they look. */
const runNamespace = 'c0b1f1e6-0d4f-4a53-8c6e-5f7f0a3e9b24';

/**
 * docs/semantics.md#clean-up: archives what nobody claims, and what keeps coming back, in pools that ask for it. The
 * same five steps as every change of a customer; instances that are at it at once take pools in turn, as the sweep
 * does.
 *
 * A pooled company takes nobody along, here as when a manager archives it: people follow an owner.
 */
@Injectable()
export class CleanUp {
  private readonly logger = new Logger(CleanUp.name);

  constructor(
    private readonly freshFacts: FreshFacts,
    private readonly pools: PoolsService,
    private readonly policyVersions: PolicyVersions,
    private readonly idleClock: IdleClock,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads Twenty up to now first, so that what somebody has taken there directly is not archived.
   * @returns how many customers were archived
   * @throws TwentyError, IndexBusyError; then nothing more is archived
   */
  @Job('clean-up')
  async run(): Promise<number> {
    if (!(await this.archivingPools()).length) return 0;
    await this.freshFacts.gather();
    let archived = 0;
    for (const { id } of await this.archivingPools()) {
      for (let isMore = true; isMore;) {
        const batch = await this.archiveBatch(id);
        archived += batch?.archived ?? 0;
        isMore = batch?.isMore ?? false;
      }
    }
    if (archived > 0) this.logger.log({ archived }, 'Customers that nobody claims were archived');
    return archived;
  }

  private async archivingPools(): Promise<Pool[]> {
    return [...(await this.pools.all()).values()].filter(({ policy }) => archives(cleanUpPolicy(policy)));
  }

  private async archiveBatch(poolId: string): Promise<{ archived: number; isMore: boolean } | null> {
    return this.changes.change({
      gate: 'COMPLETE',
      scope: async (manager) => {
        if (!(await lockPool(manager, poolId))) return null;
        const pool = (await this.pools.all(manager)).get(poolId);
        const policy = pool && cleanUpPolicy(pool.policy);
        if (!pool || !policy || !archives(policy)) return null;
        const moment = await this.moment(manager);
        const editedAt = await this.policyVersions.cleanUpSince(manager, pool);
        if (editedAt === null || localDate(moment.now, moment.zone) < archivesFrom(editedAt, pool.policy, moment))
          return null;
        const refs = await customersToArchive(manager, {
          bounds: cleanUpBounds(poolId, policy, moment),
          dayStart: startOfPeriod(moment.now, moment.zone, 'DAY').start,
          capPerRun: pool.policy.reclaimCapPerRun,
          limit: TWENTY_BATCH,
        });
        return refs.length > 0 ? { refs, policy } : null;
      },
      decide: async ({ manager, customers, inFlight }, { refs, policy }) => {
        const moment = await this.moment(manager);
        const history = await returnFacts(manager, refs);
        const changes = refs.flatMap((ref) => {
          const customer = customers.get(customerKey(ref));
          const facts = history.get(ref.recordId);
          if (!customer || !facts || inFlight.has(ref.recordId) || !isStillPooled(customer, poolId)) return [];
          const decision = decideCleanUp({ ...customer, ...facts }, policy, moment);
          return decision ? [{ customer, event: archived(poolId, decision, moment) }] : [];
        });
        return {
          changes,
          answer: { archived: changes.length, isMore: changes.length > 0 && refs.length === TWENTY_BATCH },
        };
      },
    });
  }

  private async moment(manager: EntityManager): Promise<CleanUpMoment> {
    const { TIME_ZONE: zone } = await this.idleClock.settingsNow(manager);
    return { now: this.clock.now(), zone, calendar: await this.idleClock.calendar(manager) };
  }
}

/** Somebody may have had it between the look and the lock. */
function isStillPooled({ status, poolId, isDeleted }: CustomerEntity, home: string): boolean {
  return status === 'POOLED' && poolId === home && !isDeleted;
}

function archived(poolId: string, { reason, facts }: CleanUpDecision, { now, zone }: CleanUpMoment): OwnershipEvent {
  const batchId = uuidFromName(localDate(now, zone), runNamespace);
  return { type: 'ARCHIVED', toId: null, actorId: null, poolId, reason, facts, batchId, at: now };
}
