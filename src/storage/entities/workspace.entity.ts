import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalUuidColumn } from '../columns';

/** The one Twenty workspace whose index this database is. */
@Entity('workspace')
export class WorkspaceEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column(optionalUuidColumn) applicationId!: string | null;
  /** Signs webhooks when the environment gives no secret; shared by all instances. */
  @Column('text') webhookSecret!: string;
  @Column(instantColumn) indexedSince!: string;
}
