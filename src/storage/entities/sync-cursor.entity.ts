import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optionalInstantColumn, optionalUuidColumn } from '../columns';

/** How far a source in Twenty has been read. Its row is the lock of the one instance that reads on. */
@Entity('sync_cursor')
export class SyncCursorEntity {
  @PrimaryColumn('text') source!: string;
  @Column(optionalInstantColumn) updatedAt!: string | null;
  @Column(optionalUuidColumn) recordId!: string | null;
  /** Engine time at the start of the last reading that came to the end; of webhooks, when the last one came. */
  @Column(optionalInstantColumn) completeAt!: string | null;
  /** Database time at the start of the last reading that was taken: readings are ordered by when they were made. */
  @Column(optionalInstantColumn) readAt!: string | null;
}
