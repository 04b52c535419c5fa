import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optionalInstantColumn, optionalUuidColumn } from '../columns';

/** How far a source in Twenty has been read. */
@Entity('sync_cursor')
export class SyncCursorEntity {
  @PrimaryColumn('text') source!: string;
  /** Position, by Twenty's times. */
  @Column(optionalInstantColumn) updatedAt!: string | null;
  @Column(optionalUuidColumn) recordId!: string | null;
  /** Engine time at the start of the last reading that came to the end; of webhooks, when the last one came. */
  @Column(optionalInstantColumn) completeAt!: string | null;
  /** Database time at the start of that reading: readings are ordered by when they were made. */
  @Column(optionalInstantColumn) readAt!: string | null;
  /** Twenty's clock at the start of that reading. */
  @Column(optionalInstantColumn) twentyAt!: string | null;
  /** How many records the last look behind the position gave, and when that was by the database's clock. */
  @Column('integer', { default: 0 }) listed!: number;
  @Column(optionalInstantColumn) listedAt!: string | null;
  /** Database time when a reading last brought what no webhook had brought before. */
  @Column(optionalInstantColumn) newsAt!: string | null;
}
