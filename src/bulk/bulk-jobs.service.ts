import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import type { ActingMember } from '../changes';
import { RequestIdReusedError } from '../changes';
import { JobEntity, type JobInput, type JobKind, type JobStatus } from '../storage/entities/job.entity';
import { JobItemEntity } from '../storage/entities/job-item.entity';
import { inTransaction } from '../storage/transaction';
import { countItems, insertItems, type NewJobItem } from './job-store.queries';

export interface NewJob {
  kind: JobKind;
  /** Null: the system. */
  createdBy: string | null;
  requestId: string | null;
  /** Everything that makes this command this one and no other. */
  identity: unknown;
  input: JobInput;
  undoes: string | null;
}

export interface JobProgress {
  id: string;
  kind: JobKind;
  status: JobStatus;
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

/** Jobs as those see them who start, watch and cancel them. */
@Injectable()
export class BulkJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the job that had this request id before; null when there is none
   * @throws RequestIdReusedError
   */
  async repeated(
    manager: EntityManager,
    { createdBy, requestId, identity }: Pick<NewJob, 'createdBy' | 'requestId' | 'identity'>,
  ): Promise<JobEntity | null> {
    if (requestId === null || createdBy === null) return null;
    const first = await manager.findOneBy(JobEntity, { createdBy, requestId });
    if (first && first.inputHash !== hashOf(identity)) throw new RequestIdReusedError();
    return first;
  }

  /**
   * Puts a job there with all that it is to do, in the caller's transaction; running it is the runner's.
   * @param plan made only when there is no such job yet
   * @throws RequestIdReusedError
   */
  async create(
    manager: EntityManager,
    job: NewJob,
    plan: (jobId: string) => Promise<NewJobItem[]>,
  ): Promise<JobEntity> {
    const now = this.clock.now();
    const id = randomUUID();
    const { kind, createdBy, requestId, input, undoes } = job;
    // Whoever asks the same at the same moment waits here for the first.
    const inserted = (await manager.query(
      `INSERT INTO job (id, kind, status, created_by, request_id, input_hash, input, undoes, total, created_at, undoable_until)
       VALUES ($1, $2, 'QUEUED', $3, $4, $5, $6, $7, 0, $8, $9) ON CONFLICT ON CONSTRAINT job_request DO NOTHING RETURNING id`,
      [
        id,
        kind,
        createdBy,
        requestId,
        hashOf(job.identity),
        JSON.stringify(input),
        undoes,
        now,
        createdBy !== null && kind !== 'UNDO' ? plus(now, undoableMs) : null,
      ],
    )) as unknown[];
    const repeated = inserted.length === 0 ? await this.repeated(manager, job) : null;
    if (repeated) return repeated;
    const items = await plan(id);
    await insertItems(manager, id, items);
    const isOver = items.every(({ state }) => state !== 'WAITING');
    await manager.update(
      JobEntity,
      { id },
      { total: items.length, ...(isOver ? { status: 'DONE' as const, finishedAt: now } : {}) },
    );
    await manager.delete(JobEntity, { finishedAt: LessThan(plus(now, -keptMs)) });
    return manager.findOneByOrFail(JobEntity, { id });
  }

  /** @returns null for a job that is none, or that is not the member's to see */
  async find(member: ActingMember, id: string): Promise<JobProgress | null> {
    const job = await this.dataSource.manager.findOneBy(JobEntity, { id });
    return job && maySee(member, job) ? this.progress(job) : null;
  }

  /** The customers that a job was refused, in its order. */
  async refusals(jobId: string, limit: number): Promise<JobItemEntity[]> {
    return this.dataSource.manager.find(JobItemEntity, {
      where: { jobId, state: 'REFUSED' },
      order: { ordinal: 'ASC' },
      take: limit,
    });
  }

  /**
   * What is decided already stays; nothing more is. The job's row is held by every batch, so this takes effect between two.
   * @returns null for a job that is none, or that is not the member's to cancel
   */
  async cancel(member: ActingMember, id: string): Promise<JobProgress | null> {
    const job = await inTransaction(this.dataSource, async (manager) => {
      const found = await manager.findOne(JobEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!found || !maySee(member, found)) return null;
      if (found.finishedAt !== null || found.status === 'CANCELLED') return found;
      await manager.update(JobItemEntity, { jobId: id, state: 'WAITING' }, { state: 'SKIPPED' });
      // The runner ends it when what was decided is settled.
      await manager.update(JobEntity, { id }, { status: 'CANCELLED' });
      return manager.findOneByOrFail(JobEntity, { id });
    });
    return job && this.progress(job);
  }

  async progress(job: JobEntity): Promise<JobProgress> {
    const { done, refused } = await countItems(this.dataSource.manager, job.id);
    const { id, kind, status, total, error, createdAt, finishedAt, undoableUntil } = job;
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

function maySee(member: ActingMember, job: JobEntity): boolean {
  return member.isWorkspaceAdmin || job.createdBy === member.memberId;
}

function hashOf(identity: unknown): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

function plus(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}
