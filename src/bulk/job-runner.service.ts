import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, IsNull } from 'typeorm';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { customerKey } from '../domain/customer/customer';
import { ChangeService } from '../changes/change.service';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { IndexBusyError } from '../storage/engine-lock';
import { JobEntity, type JobKind } from '../storage/entities/job.entity';
import { JobItemEntity } from '../storage/entities/job-item.entity';
import { inTransaction } from '../storage/transaction';
import { isTwentyError } from '../twenty/client/twenty-error';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import type { BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { HandoverBatch } from './handover-batch.service';
import { closeJob, hasLooseEnds, type ItemVerdict, lockOpenJob, setItems, waitingItems } from './job-store.queries';
import { OffboardBatch } from './offboard-batch.service';
import { RelatedMover } from './related-mover.service';
import { UndoBatch } from './undo-batch.service';

/** Between batches members' rows and Twenty's rate are left to those who click. */
const breathMs = 100;
const mostFailures = 5;

/**
 * Works off jobs, a batch of each in turn. A batch is decided, written to the history and ticked off in one transaction that
 * holds the job's row; then Twenty is told. So a killed engine goes on, or another one does, where it was.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);
  private readonly deciders: Record<JobKind, BatchDecider>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeService,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly related: RelatedMover,
    private readonly clock: Clock,
    handover: HandoverBatch,
    undo: UndoBatch,
    offboard: OffboardBatch,
  ) {
    this.deciders = { REASSIGN: handover, UNDO: undo, OFFBOARD: offboard };
  }

  /** Until no open job can be brought any further for now. */
  @Job('run-bulk-jobs')
  async run(): Promise<void> {
    for (let progress = true; progress;) {
      const open = await this.dataSource.manager.find(JobEntity, {
        where: { finishedAt: IsNull() },
        order: { createdAt: 'ASC' },
        select: { id: true, kind: true },
      });
      progress = false;
      for (const job of open) progress = (await this.turn(job)) || progress;
      if (progress) await sleep(breathMs);
    }
  }

  /** @returns whether anything was done */
  private async turn(job: Pick<JobEntity, 'id' | 'kind'>): Promise<boolean> {
    try {
      return await this.step(job);
    } catch (error) {
      if (error instanceof IndexBusyError || isTwentyError(error)) {
        this.logger.warn({ jobId: job.id, message: error.message }, 'A job has to wait');
        return false;
      }
      this.logger.error({ err: error, jobId: job.id }, 'A batch of a job failed');
      await this.failed(job.id);
      return false;
    }
  }

  private async step(job: Pick<JobEntity, 'id' | 'kind'>): Promise<boolean> {
    const decided = (await this.decideBatch(job.id)) ?? 0;
    const moved = await this.related.move(job);
    if (decided + moved > 0) return true;
    await this.finish(job.id);
    return false;
  }

  /** @returns how many items were decided; null when none waits */
  private decideBatch(jobId: string): Promise<number | null> {
    return this.changes
      .change({
        gate: 'COMPLETE',
        commandId: jobId,
        scope: async (manager) => {
          const job = await lockOpenJob(manager, jobId);
          if (!job || job.status === 'CANCELLED') return null;
          const items = await waitingItems(manager, jobId, TWENTY_BATCH);
          if (items.length === 0) return null;
          if (job.status !== 'RUNNING' || job.failures > 0)
            await manager.update(JobEntity, { id: jobId }, { status: 'RUNNING', failures: 0 });
          return { job, items, refs: items, memberIds: items.flatMap(({ toMemberId }) => toMemberId ?? []) };
        },
        decide: async ({ manager, customers: locked, inFlight, now }, { job, items }) => {
          const decidable = items
            .filter(({ recordId }) => !inFlight.has(recordId))
            .sort((a, b) => a.ordinal - b.ordinal);
          const customers = new Map([...locked].filter(([, customer]) => !customer.isDeleted));
          const pools = await this.pools.all(manager);
          const settings = await this.settings.current(manager);
          const context: BatchContext = { manager, job, customers, items: decidable, pools, settings, now };
          const decisions: ItemDecision[] = [
            ...(await this.deciders[job.kind].decide(context)),
            ...items
              .filter(({ recordId }) => inFlight.has(recordId))
              .map((item): ItemDecision => ({ item, wait: true })),
          ];
          const changes = decisions.flatMap((decision) => {
            const customer = customers.get(customerKey(decision.item));
            return 'event' in decision && customer ? [{ customer, event: decision.event }] : [];
          });
          return { changes, answer: { context, decisions, changes } };
        },
        after: async (manager, { answer: { context, decisions, changes } }, { job }) => {
          await this.deciders[job.kind].follow?.(context, changes);
          await setItems(manager, jobId, decisions.map(verdictOf));
        },
      })
      .then((answer) => answer && answer.decisions.filter((decision) => !('wait' in decision)).length);
  }

  private async finish(jobId: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const job = await lockOpenJob(manager, jobId);
      if (!job || (await waitingItems(manager, jobId, 1)).length > 0 || (await hasLooseEnds(manager, jobId))) return;
      const status = job.status === 'CANCELLED' ? job.status : ('DONE' as const);
      await closeJob(manager, job, { status, error: null, at: this.clock.now() });
      this.logger.log({ jobId, kind: job.kind, status, total: job.total }, 'A job is over');
    });
  }

  /** A fault that comes back every time must not keep the job, and whoever waits for it, for ever. */
  private async failed(jobId: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const job = await lockOpenJob(manager, jobId);
      if (!job) return;
      const failures = job.failures + 1;
      await manager.update(JobEntity, { id: jobId }, { failures });
      if (failures < mostFailures) return;
      await manager.update(JobItemEntity, { jobId, state: 'WAITING' }, { state: 'SKIPPED' });
      await closeJob(manager, job, { status: 'FAILED', error: 'INTERNAL', at: this.clock.now() });
    });
  }
}

function verdictOf(decision: ItemDecision): ItemVerdict {
  const { ordinal } = decision.item;
  if ('wait' in decision) return { ordinal, state: 'WAITING', refusal: null };
  return 'refusal' in decision
    ? { ordinal, state: 'REFUSED', refusal: decision.refusal }
    : { ordinal, state: 'WRITTEN', refusal: null };
}
