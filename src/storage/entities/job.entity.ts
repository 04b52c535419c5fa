import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

export type JobKind = 'REASSIGN' | 'UNDO' | 'OFFBOARD';
export type JobStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** What holds for every item of the job. */
export interface JobInput {
  reason: string | null;
  overrideCapacity: boolean;
  /** Do open opportunities and open tasks go along? */
  withRelated: boolean;
  isWorkspaceAdmin: boolean;
}

/** Work on many customers. Its row is the lock of a batch: who has it decides, and cancelling waits for it. */
@Entity('job')
export class JobEntity {
  /** Also the batch id of the history. */
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: JobKind;
  @Column('text') status!: JobStatus;
  /** Null: the system. */
  @Column(optionalUuidColumn) createdBy!: string | null;
  @Column(optionalTextColumn) requestId!: string | null;
  @Column('text') inputHash!: string;
  @Column('jsonb') input!: JobInput;
  /** The batch, or the one event, that an undo takes back. */
  @Column(optionalUuidColumn) undoes!: string | null;
  @Column('integer') total!: number;
  /** Turns in a row that ended in a fault of the engine's own. */
  @Column('integer') failures!: number;
  @Column(optionalTextColumn) error!: string | null;
  @Column(instantColumn) createdAt!: string;
  /** When everything that was decided had been settled. */
  @Column(optionalInstantColumn) finishedAt!: string | null;
  @Column(optionalInstantColumn) undoableUntil!: string | null;
}
