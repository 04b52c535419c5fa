import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalInstantColumn } from '../columns';
import type { ReminderAudience } from './reminder.entity';

/** One message to one person in one run. Its id is also the id of its Twenty task. */
@Entity('reminder_digest')
export class ReminderDigestEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') memberId!: string;
  @Column('text') audience!: ReminderAudience;
  @Column('date') runOn!: string;
  @Column(instantColumn) createdAt!: string;
  /** When every channel had it. */
  @Column(optionalInstantColumn) sentAt!: string | null;
  /** When its task was closed. */
  @Column(optionalInstantColumn) closedAt!: string | null;
  /** By channel: when it was delivered. */
  @Column('jsonb') channels!: Record<string, string>;
}
