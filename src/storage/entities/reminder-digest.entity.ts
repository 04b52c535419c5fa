import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReminderAudience } from '../../domain/reminders/digest.types';
import { instantColumn, optionalInstantColumn } from '../columns';

/** A channel that did not take a digest: how often it was tried, and when it is tried again. */
export interface ChannelFailure {
  attempts: number;
  /** ISO instant. */
  nextAt: string;
  code: string;
}

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
  /** By channel (`TASK`, or `WEBHOOK:` and a digest of the address): when it was delivered. */
  @Column('jsonb') channels!: Record<string, string>;
  /** By channel, as long as it has not been delivered. */
  @Column('jsonb') failures!: Record<string, ChannelFailure>;
  /** Grows when something in it stops being true; the task says what holds as of `toldRevision`. */
  @Column('integer') revision!: number;
  @Column('integer') toldRevision!: number;
}
