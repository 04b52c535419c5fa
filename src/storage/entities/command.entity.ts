import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerRef } from '../../domain/customer/customer';
import type { Refusal } from '../../domain/refusal/refusal';
import { instantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

export type OutcomeStatus = 'DONE' | 'REFUSED' | 'PENDING';

export interface StoredOutcome extends CustomerRef {
  status: OutcomeStatus;
  refusal?: Refusal;
}

/** One accepted command with the answer it got. Unique by (actor, request id): a repeat finds the first answer. */
@Entity('command')
export class CommandEntity {
  /** Also the batch id of the history. */
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column(optionalUuidColumn) actorId!: string | null;
  @Column(optionalTextColumn) requestId!: string | null;
  /** Tells a repeat from another command that uses the same request id. */
  @Column('text') inputHash!: string;
  @Column('jsonb') outcomes!: StoredOutcome[];
  @Column(instantColumn) createdAt!: string;
}
