import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';
import type { Refusal } from '../../domain/refusal/refusal';
import { instantColumn, optionalTextColumn } from '../columns';

/** `OPEN`: accepted, Twenty has not confirmed the note yet; `REFUSED`: Twenty will never take it. */
export type FollowUpState = 'OPEN' | 'DONE' | 'REFUSED';

/** A follow-up that a member logged. Its id is also the id of its note in Twenty. */
@Entity('follow_up')
export class FollowUpEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') object!: CustomerObject;
  @Column('uuid') recordId!: string;
  @Column('uuid') memberId!: string;
  @Column(optionalTextColumn) requestId!: string | null;
  @Column('text') title!: string;
  @Column('text') note!: string;
  @Column(instantColumn) at!: string;
  @Column('text') state!: FollowUpState;
  @Column('jsonb', { nullable: true }) refusal!: Refusal | null;
  /** Until then one engine instance alone tells Twenty; database time. */
  @Column(instantColumn) leasedUntil!: string;
}
