import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalUuidColumn } from '../columns';
import type { ActivityTarget } from './activity.entity';

/** An open task that is due at a time, for one record it is linked to. */
@Entity('plan')
export class PlanEntity {
  @PrimaryColumn('uuid') taskId!: string;
  @PrimaryColumn('text') targetObject!: ActivityTarget;
  @PrimaryColumn('uuid') targetId!: string;
  @Column(optionalUuidColumn) memberId!: string | null;
  @Column(instantColumn) dueAt!: string;
}
