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
import { OperationEntity, type OperationKind } from '../storage/entities/operation.entity';
import { OperationItemEntity } from '../storage/entities/operation-item.entity';
import { DatabaseBusyError, inTransaction } from '../storage/transaction';
import { isTwentyError } from '../twenty/client/twenty-error';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import type { BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { HandoverBatch } from './handover-batch.service';
import {
  closeOperation,
  hasLooseEnds,
  type ItemVerdict,
  lockOpenOperation,
  setItems,
  waitingItems,
} from './operation-store.queries';
import { OffboardBatch } from './offboard-batch.service';
import { RelatedMover } from './related-mover.service';
import { UndoBatch } from './undo-batch.service';

/** Between batches members' rows and Twenty's rate are left to those who click. */
const breathMs = 100;
const mostFailures = 5;

/**
 * Works off operations, a batch of each in turn. A batch is decided, written to the history and ticked off in one transaction that
 * holds the operation's row; then Twenty is told. So a killed engine goes on, or another one does, where it was.
 */
@Injectable()
export class OperationRunner {
  private readonly logger = new Logger(OperationRunner.name);
  private readonly deciders: Record<OperationKind, BatchDecider>;

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

  /** Until no open operation can be brought any further for now. */
  @Job('run-operations')
  async run(): Promise<void> {
    for (let progress = true; progress;) {
      const open = await this.dataSource.manager.find(OperationEntity, {
        where: { finishedAt: IsNull() },
        order: { createdAt: 'ASC' },
        select: { id: true, kind: true },
      });
      progress = false;
      for (const operation of open) progress = (await this.turn(operation)) || progress;
      if (progress) await sleep(breathMs);
    }
  }

  /** @returns whether anything was done */
  private async turn(operation: Pick<OperationEntity, 'id' | 'kind'>): Promise<boolean> {
    try {
      return await this.step(operation);
    } catch (error) {
      if (error instanceof IndexBusyError || error instanceof DatabaseBusyError || isTwentyError(error)) {
        this.logger.warn({ operationId: operation.id, message: error.message }, 'An operation has to wait');
        return false;
      }
      this.logger.error({ err: error, operationId: operation.id }, 'A batch of an operation failed');
      await this.failed(operation.id);
      return false;
    }
  }

  private async step(operation: Pick<OperationEntity, 'id' | 'kind'>): Promise<boolean> {
    const decided = (await this.decideBatch(operation.id)) ?? 0;
    const moved = await this.related.move(operation);
    if (decided + moved > 0) return true;
    await this.finish(operation.id);
    return false;
  }

  /** @returns how many items were decided; null when none waits */
  private decideBatch(operationId: string): Promise<number | null> {
    return this.changes
      .change({
        gate: 'COMPLETE',
        commandId: operationId,
        scope: async (manager) => {
          const operation = await lockOpenOperation(manager, operationId);
          if (!operation || operation.status === 'CANCELLED') return null;
          const items = await waitingItems(manager, operationId, TWENTY_BATCH);
          if (items.length === 0) return null;
          if (operation.status !== 'RUNNING' || operation.failures > 0)
            await manager.update(OperationEntity, { id: operationId }, { status: 'RUNNING', failures: 0 });
          return { operation, items, refs: items, memberIds: items.flatMap(({ toMemberId }) => toMemberId ?? []) };
        },
        decide: async ({ manager, customers: locked, inFlight, now }, { operation, items }) => {
          const decidable = items
            .filter(({ recordId }) => !inFlight.has(recordId))
            .sort((a, b) => a.ordinal - b.ordinal);
          const customers = new Map([...locked].filter(([, customer]) => !customer.isDeleted));
          const pools = await this.pools.all(manager);
          const settings = await this.settings.current(manager);
          const context: BatchContext = { manager, operation, customers, items: decidable, pools, settings, now };
          const decisions: ItemDecision[] = [
            ...(await this.deciders[operation.kind].decide(context)),
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
        after: async (manager, { answer: { context, decisions, changes } }, { operation }) => {
          await this.deciders[operation.kind].follow?.(context, changes);
          await setItems(manager, operationId, decisions.map(verdictOf));
        },
      })
      .then((answer) => answer && answer.decisions.filter((decision) => !('wait' in decision)).length);
  }

  private async finish(operationId: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const operation = await lockOpenOperation(manager, operationId);
      if (
        !operation ||
        (await waitingItems(manager, operationId, 1)).length > 0 ||
        (await hasLooseEnds(manager, operationId))
      )
        return;
      const status = operation.status === 'CANCELLED' ? operation.status : ('DONE' as const);
      await closeOperation(manager, operation, { status, error: null, at: this.clock.now() });
      this.logger.log({ operationId, kind: operation.kind, status, total: operation.total }, 'An operation is over');
    });
  }

  /** A fault that comes back every time must not keep the operation, and whoever waits for it, for ever. */
  private async failed(operationId: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const operation = await lockOpenOperation(manager, operationId);
      if (!operation) return;
      const failures = operation.failures + 1;
      await manager.update(OperationEntity, { id: operationId }, { failures });
      if (failures < mostFailures) return;
      await manager.update(OperationItemEntity, { operationId, state: 'WAITING' }, { state: 'SKIPPED' });
      await closeOperation(manager, operation, { status: 'FAILED', error: 'INTERNAL', at: this.clock.now() });
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
