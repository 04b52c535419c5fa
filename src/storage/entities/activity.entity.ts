import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActivityKind } from '../../domain/idle-clock/clock.types';
import { instantColumn, optionalUuidColumn } from '../columns';

export type ActivityTarget = 'COMPANY' | 'PERSON' | 'OPPORTUNITY';

/**
 * Somebody did something about a record; one row per record it is about. Whom else it counts for (a person's company, an
 * opportunity's company and contact) follows from the index when it is asked.
 */
@Entity('activity')
export class ActivityEntity {
  @PrimaryColumn('text') kind!: ActivityKind;
  /** The note, task, message, meeting or opportunity; where that has several doers or stages, a uuid made of it and the doer or stage. */
  @PrimaryColumn('uuid') sourceId!: string;
  @PrimaryColumn('text') targetObject!: ActivityTarget;
  @PrimaryColumn('uuid') targetId!: string;
  /** The record of Twenty that this was read from: reading that again replaces all that came from it. */
  @Column('uuid') originId!: string;
  @Column(instantColumn) at!: string;
  /** Null: not a member's doing, or nobody knows whose. */
  @Column(optionalUuidColumn) memberId!: string | null;
}
