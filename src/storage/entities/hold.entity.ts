import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';
import { instantColumn, optionalUuidColumn } from '../columns';

/** `MANAGER` put there; `EXTENSION` asked for and granted; `REQUEST` stands still while a manager has yet to decide. */
export type HoldKind = 'MANAGER' | 'EXTENSION' | 'REQUEST';

/** A period during which a customer's clock stands still. Local dates, both included. */
@Entity('hold')
export class HoldEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') object!: CustomerObject;
  @Column('uuid') recordId!: string;
  @Column('text') kind!: HoldKind;
  @Column('date') fromDate!: string;
  @Column('date') untilDate!: string;
  /** Days asked for. */
  @Column('integer', { nullable: true }) days!: number | null;
  /** Who asked. */
  @Column(optionalUuidColumn) memberId!: string | null;
  @Column('text') reason!: string;
  @Column(instantColumn) requestedAt!: string;
  /** `WAITING`: a request not decided yet, standing still until `untilDate` at most. */
  @Column('text') state!: 'ACTIVE' | 'WAITING' | 'DECLINED' | 'VOID';
  @Column(optionalUuidColumn) eventId!: string | null;
}
