import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';
import type { ReminderAudience } from '../../domain/reminders/digest.types';
import { optionalInstantColumn } from '../columns';

/** Somebody was reminded of one customer, for one reclaim date, at one lead. The key says that it happens once. */
@Entity('reminder')
export class ReminderEntity {
  @PrimaryColumn('text') object!: CustomerObject;
  @PrimaryColumn('uuid') recordId!: string;
  @PrimaryColumn('date') reclaimOn!: string;
  @PrimaryColumn('integer') leadDays!: number;
  @PrimaryColumn('text') audience!: ReminderAudience;
  @PrimaryColumn('uuid') memberId!: string;
  @Column('uuid') digestId!: string;
  /** When the clock moved and the reminder stopped being true. */
  @Column(optionalInstantColumn) voidAt!: string | null;
  /** When a later one, of the same date at a smaller lead, took its place. It was told, and is not told again. */
  @Column(optionalInstantColumn) supersededAt!: string | null;
}
