import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { customerKey } from '../domain/customer/customer';
import { type Actor, isManagerOf, type Pool } from '../domain/pool/pool-policy';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { seesEvent } from '../domain/pool/visibility';
import { refuse } from '../domain/refusal/refusal';
import type { ActingMember } from '../changes';
import { PoolsService } from '../pools/pools.service';
import { requireIndex } from '../storage/engine-lock';
import { OperationEntity } from '../storage/entities/operation.entity';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { inTransaction } from '../storage/transaction';
import { AssignmentError, notAManager } from './assignment.errors';
import { candidatesOf } from './candidates';
import { Operations, type OperationProgress, undoableMs } from './operations.service';
import { refusedItem } from './handover-plan';
import type { NewOperationItem } from './operation-store.queries';
import { rowsOf } from './plan.queries';
import { latestEvents, undoableEvents } from './undo.queries';

/** docs/semantics.md#undo: takes back what the system or a manager did to customers, within seven days. */
@Injectable()
export class UndoService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly operations: Operations,
    private readonly clock: Clock,
  ) {}

  /**
   * @param batchId a batch (an operation, a command, a day's sweep) or one event
   * @throws AssignmentError, RequestIdReusedError, IndexBusyError
   */
  async undo(member: ActingMember, batchId: string, requestId: string | null): Promise<OperationProgress> {
    const operation = await inTransaction(this.dataSource, async (manager) => {
      await requireIndex(manager);
      const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
      const pools = await this.pools.all(manager);
      if (!member.isWorkspaceAdmin && ![...pools.keys()].some((poolId) => isManagerOf(actor, poolId)))
        throw notAManager();
      const all = await undoableEvents(manager, batchId);
      const seen = await seenEvents(manager, actor, pools, all);
      // Two who undo the same at once: the second finds the first one's operation, unless there is something in it that they do not see.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`highseas:undo ${batchId}`]);
      const running = await manager.findOneBy(OperationEntity, {
        kind: 'UNDO',
        undoes: batchId,
        finishedAt: IsNull(),
        status: In(['QUEUED', 'RUNNING']),
      });
      if (running && seen.length === all.length) return running;
      const identity = { undo: batchId };
      const repeated = await this.operations.repeated(manager, { createdBy: member.memberId, requestId, identity });
      if (repeated) return repeated;
      const events = await this.youngOf(manager, batchId, seen);
      const input = {
        reason: null,
        overrideCapacity: true,
        withRelated: true,
        isWorkspaceAdmin: member.isWorkspaceAdmin,
      };
      return this.operations.create(
        manager,
        { kind: 'UNDO', createdBy: member.memberId, requestId, identity, input, undoes: batchId },
        () => this.plan(manager, actor, pools, events),
      );
    });
    return this.operations.progress(operation);
  }

  private async youngOf(
    manager: EntityManager,
    batchId: string,
    events: OwnershipEventEntity[],
  ): Promise<OwnershipEventEntity[]> {
    const source = await manager.findOneBy(OperationEntity, { id: batchId });
    if (source && source.finishedAt === null) {
      throw new AssignmentError(
        'BAD_USER_INPUT',
        'The operation is still running: cancel it or wait for it first. 任务仍在进行，请先取消或等待其完成。',
      );
    }
    if (events.length === 0)
      throw new AssignmentError(
        'BAD_USER_INPUT',
        'There is nothing under this id that can be undone. 该编号下没有可撤销的操作。',
      );
    const oldest = new Date(Date.parse(this.clock.now()) - undoableMs).toISOString();
    const young = events.filter(({ at }) => at >= oldest);
    if (young.length === 0)
      throw new AssignmentError('BAD_USER_INPUT', 'This can be undone for seven days only. 仅可在七天内撤销。');
    return young;
  }

  private async plan(
    manager: EntityManager,
    actor: Actor,
    pools: Map<string, Pool>,
    events: OwnershipEventEntity[],
  ): Promise<NewOperationItem[]> {
    const rows = await rowsOf(manager, events);
    const candidateOf = await candidatesOf(manager, actor.memberId, pools, rows.values());
    const latest = await latestEvents(
      manager,
      events.map(({ recordId }) => recordId),
      events.map(({ id }) => id),
    );
    // A customer that came back and went again within one batch goes back by the last step.
    const last = new Map(events.map((event) => [customerKey(event), event]));
    return [...last.values()].map((event) => {
      const row = rows.get(customerKey(event));
      if (!row || row.isDeleted) return refusedItem(event, refuse('NOT_FOUND'));
      // People come back with their company as they went with it, whoever manages the pool they are in.
      const headId = last.has(customerKey({ object: 'COMPANY', recordId: followedCompany(event) }))
        ? followedCompany(event)
        : null;
      const refusal =
        (headId === null ? refuseUnlessManager(candidateOf(row), actor) : null) ??
        (latest.get(customerKey(event)) === event.id ? null : refuse('STALE'));
      if (refusal) return refusedItem(event, refusal);
      return {
        object: event.object,
        recordId: event.recordId,
        headId,
        expectedOwnerId: row.ownerId,
        toMemberId: event.fromId,
        eventId: event.id,
        state: 'WAITING',
        refusal: null,
      };
    });
  }
}

function followedCompany({ facts }: OwnershipEventEntity): string {
  const company = facts?.['followedCompany'];
  return typeof company === 'string' ? company : '';
}

/** Those that the actor sees, with the people who went along; of the others it is as if they had never been. */
async function seenEvents(
  manager: EntityManager,
  actor: Actor,
  pools: Map<string, Pool>,
  events: OwnershipEventEntity[],
): Promise<OwnershipEventEntity[]> {
  const rows = await rowsOf(manager, events);
  const candidateOf = await candidatesOf(manager, actor.memberId, pools, rows.values());
  const seen = events.filter((event) => {
    const row = rows.get(customerKey(event));
    const pool = pools.get(event.poolId ?? '') ?? null;
    return seesEvent(actor, { pool, toId: event.toId, actorId: event.actorId }, row ? candidateOf(row) : null);
  });
  const keys = new Set(seen.map(customerKey));
  return events.filter(
    (event) =>
      keys.has(customerKey(event)) || keys.has(customerKey({ object: 'COMPANY', recordId: followedCompany(event) })),
  );
}
