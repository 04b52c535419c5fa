import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject, OwnershipEventType, RuleKind } from '../../domain/customer/customer';
import { instantColumn, optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

/** `PENDING` until Twenty has confirmed the change; `VOID` when it was lost to somebody else and never happened. */
export type EventState = 'PENDING' | 'CONFIRMED' | 'VOID';

/** One line of the append-only history. */
@Entity('ownership_event')
export class OwnershipEventEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Order of writing. */
  @Column({ type: 'bigint', insert: false, update: false }) seq!: string;
  @Column('text') state!: EventState;
  @Column('text') type!: OwnershipEventType;
  @Column('text') object!: CustomerObject;
  @Column('uuid') recordId!: string;
  @Column(optionalUuidColumn) fromId!: string | null;
  @Column(optionalTextColumn) fromName!: string | null;
  @Column(optionalUuidColumn) toId!: string | null;
  @Column(optionalTextColumn) toName!: string | null;
  @Column(optionalUuidColumn) actorId!: string | null;
  @Column(optionalTextColumn) actorName!: string | null;
  @Column('boolean') isSystem!: boolean;
  @Column(optionalUuidColumn) poolId!: string | null;
  @Column(optionalTextColumn) reason!: string | null;
  @Column(optionalTextColumn) note!: string | null;
  @Column(optionalTextColumn) rule!: RuleKind | null;
  @Column('jsonb', { nullable: true }) facts!: Record<string, unknown> | null;
  @Column(optionalUuidColumn) batchId!: string | null;
  @Column(instantColumn) at!: string;
  /** When Twenty had its copy. */
  @Column(optionalInstantColumn) mirroredAt!: string | null;
}
