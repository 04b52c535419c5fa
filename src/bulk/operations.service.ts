import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import type { ActingMember } from '../changes';
import { RequestIdReusedError } from '../changes';
import {
  OperationEntity,
  type OperationInput,
  type OperationKind,
  type OperationStatus,
} from '../storage/entities/operation.entity';
import { OperationItemEntity } from '../storage/entities/operation-item.entity';
import { inTransaction } from '../storage/transaction';
import { countItems, insertItems, type NewOperationItem } from './operation-store.queries';

export interface NewOperation {
  kind: OperationKind;
  /** Null: the system. */
  createdBy: string | null;
  requestId: string | null;
  /** Everything that makes this command this one and no other. */
  identity: unknown;
  input: OperationInput;
  undoes: string | null;
}

export interface OperationProgress {
  id: string;
  kind: OperationKind;
  status: OperationStatus;
  total: number;
  processed: number;
  done: number;
  refused: number;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
  undoableUntil: string | null;
}

/** docs/semantics.md#undo: what a manager moved can be undone for this long. */
export const undoableMs = 7 * 86_400_000;
const keptMs = 30 * 86_400_000;

/** Operations as those see them who start, watch and cancel them. */
@Injectable()
export class Operations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the operation that had this request id before; null when there is none
   * @throws RequestIdReusedError
   */
  async repeated(
    manager: EntityManager,
    { createdBy, requestId, identity }: Pick<NewOperation, 'createdBy' | 'requestId' | 'identity'>,
  ): Promise<OperationEntity | null> {
    if (requestId === null || createdBy === null) return null;
    const first = await manager.findOneBy(OperationEntity, { createdBy, requestId });
    if (first && first.inputHash !== hashOf(identity)) throw new RequestIdReusedError();
    return first;
  }

  /**
   * Puts an operation there with all that it is to do, in the caller's transaction; running it is the runner's.
   * @param plan made only when there is no such operation yet
   * @throws RequestIdReusedError
   */
  async create(
    manager: EntityManager,
    operation: NewOperation,
    plan: (operationId: string) => Promise<NewOperationItem[]>,
  ): Promise<OperationEntity> {
    const now = this.clock.now();
    const id = randomUUID();
    const { kind, createdBy, requestId, input, undoes } = operation;
    // Whoever asks the same at the same moment waits here for the first.
    const inserted = (await manager.query(
      `INSERT INTO operation (id, kind, status, created_by, request_id, input_hash, input, undoes, total, created_at, undoable_until)
       VALUES ($1, $2, 'QUEUED', $3, $4, $5, $6, $7, 0, $8, $9) ON CONFLICT ON CONSTRAINT operation_request DO NOTHING RETURNING id`,
      [
        id,
        kind,
        createdBy,
        requestId,
        hashOf(operation.identity),
        JSON.stringify(input),
        undoes,
        now,
        createdBy !== null && kind !== 'UNDO' ? plus(now, undoableMs) : null,
      ],
    )) as unknown[];
    const repeated = inserted.length === 0 ? await this.repeated(manager, operation) : null;
    if (repeated) return repeated;
    const items = await plan(id);
    await insertItems(manager, id, items);
    const isOver = items.every(({ state }) => state !== 'WAITING');
    await manager.update(
      OperationEntity,
      { id },
      { total: items.length, ...(isOver ? { status: 'DONE' as const, finishedAt: now } : {}) },
    );
    await manager.delete(OperationEntity, { finishedAt: LessThan(plus(now, -keptMs)) });
    return manager.findOneByOrFail(OperationEntity, { id });
  }

  /** @returns null for an operation that is none, or that is not the member's to see */
  async find(member: ActingMember, id: string): Promise<OperationProgress | null> {
    const operation = await this.dataSource.manager.findOneBy(OperationEntity, { id });
    return operation && maySee(member, operation) ? this.progress(operation) : null;
  }

  /** The customers that an operation was refused, in its order. */
  async refusals(operationId: string, limit: number): Promise<OperationItemEntity[]> {
    return this.dataSource.manager.find(OperationItemEntity, {
      where: { operationId, state: 'REFUSED' },
      order: { ordinal: 'ASC' },
      take: limit,
    });
  }

  /**
   * What is decided already stays; nothing more is. The operation's row is held by every batch, so this takes effect between two.
   * @returns null for an operation that is none, or that is not the member's to cancel
   */
  async cancel(member: ActingMember, id: string): Promise<OperationProgress | null> {
    const operation = await inTransaction(this.dataSource, async (manager) => {
      const found = await manager.findOne(OperationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!found || !maySee(member, found)) return null;
      if (found.finishedAt !== null || found.status === 'CANCELLED') return found;
      await manager.update(OperationItemEntity, { operationId: id, state: 'WAITING' }, { state: 'SKIPPED' });
      // The runner ends it when what was decided is settled.
      await manager.update(OperationEntity, { id }, { status: 'CANCELLED' });
      return manager.findOneByOrFail(OperationEntity, { id });
    });
    return operation && this.progress(operation);
  }

  async progress(operation: OperationEntity): Promise<OperationProgress> {
    const { done, refused } = await countItems(this.dataSource.manager, operation.id);
    const { id, kind, status, total, error, createdAt, finishedAt, undoableUntil } = operation;
    return {
      id,
      kind,
      status,
      total,
      processed: done + refused,
      done,
      refused,
      error,
      createdAt,
      finishedAt,
      undoableUntil,
    };
  }
}

function maySee(member: ActingMember, operation: OperationEntity): boolean {
  return member.isWorkspaceAdmin || operation.createdBy === member.memberId;
}

function hashOf(identity: unknown): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

function plus(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}
