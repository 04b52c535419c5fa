import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

export type OperationKind = 'REASSIGN' | 'UNDO' | 'OFFBOARD';
export type OperationStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** What holds for every item of the operation. */
export interface OperationInput {
  reason: string | null;
  overrideCapacity: boolean;
  /** Do open opportunities and open tasks go along? */
  withRelated: boolean;
  isWorkspaceAdmin: boolean;
}

/** Work on many customers. Its row is the lock of a batch: who has it decides, and cancelling waits for it. */
@Entity('operation')
export class OperationEntity {
  /** Also the batch id of the history. */
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: OperationKind;
  @Column('text') status!: OperationStatus;
  /** Null: the system. */
  @Column(optionalUuidColumn) createdBy!: string | null;
  @Column(optionalTextColumn) requestId!: string | null;
  @Column('text') inputHash!: string;
  @Column('jsonb') input!: OperationInput;
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
