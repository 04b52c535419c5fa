import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optionalInstantColumn, optionalUuidColumn } from '../columns';

/** How far one object of an activity source has been read. Commands do not wait for these, so they are kept apart from SyncCursorEntity. */
@Entity('activity_cursor')
export class ActivityCursorEntity {
  @PrimaryColumn('text') source!: string;
  @Column(optionalInstantColumn) updatedAt!: string | null;
  @Column(optionalUuidColumn) recordId!: string | null;
  /** Engine time at the start of the last reading that came to the end. */
  @Column(optionalInstantColumn) completeAt!: string | null;
}
