import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerRef } from '../../domain/customer/customer';
import type { NoticeKind } from '../../domain/reminders/digest.types';
import { optionalInstantColumn } from '../columns';

/** A customer as it was noticed: `since` is when it was pooled, or given to its owner. */
export interface NoticedCustomer extends CustomerRef {
  since: string;
}

/** A manager was told how many customers of a pool nobody cares for. The key says that it happens once a week. */
@Entity('reminder_notice')
export class ReminderNoticeEntity {
  @PrimaryColumn('uuid') poolId!: string;
  @PrimaryColumn('text') kind!: NoticeKind;
  /** Monday of the local week. */
  @PrimaryColumn('date') weekOn!: string;
  @PrimaryColumn('uuid') memberId!: string;
  @Column('uuid') digestId!: string;
  /** The pool's number when it was made; of returns for what came back too often. */
  @Column('integer') days!: number;
  @Column('integer') total!: number;
  /** The longest waiting of them. */
  @Column('jsonb') customers!: NoticedCustomer[];
  @Column(optionalInstantColumn) voidAt!: string | null;
}
