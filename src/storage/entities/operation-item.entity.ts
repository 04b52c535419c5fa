import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';
import type { Refusal } from '../../domain/refusal/refusal';
import { optionalUuidColumn } from '../columns';

/** `WAITING` to be decided; `WRITTEN`: decided, Twenty has yet to confirm; `SKIPPED`: the operation was cancelled before. */
export type OperationItemState = 'WAITING' | 'WRITTEN' | 'DONE' | 'REFUSED' | 'SKIPPED';

/** What an operation is to do with one customer, frozen when the operation was made. */
@Entity('operation_item')
export class OperationItemEntity {
  @PrimaryColumn('uuid') operationId!: string;
  @PrimaryColumn('integer') ordinal!: number;
  @Column('text') object!: CustomerObject;
  @Column('uuid') recordId!: string;
  /** The company that a person follows; it comes before them. */
  @Column(optionalUuidColumn) headId!: string | null;
  /** Who had it when the operation was made; null: nobody. */
  @Column(optionalUuidColumn) expectedOwnerId!: string | null;
  @Column(optionalUuidColumn) toMemberId!: string | null;
  /** The event that an undo takes back. */
  @Column(optionalUuidColumn) eventId!: string | null;
  @Column('text') state!: OperationItemState;
  @Column('jsonb', { nullable: true }) refusal!: Refusal | null;
  /** How often it was looked at while an earlier decision about the customer was under way. */
  @Column('integer') looks!: number;
}
