import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optionalTextColumn } from '../columns';

export interface OverrideNumbers {
  firstFollowUpDays: number | null;
  followUpDays: number | null;
  noOpportunityDays: number | null;
  noDealDays: number | null;
  maxHoldDays: number | null;
  afterDateField: string | null;
  afterDateDays: number | null;
}

/** A `reclaimRule` of Twenty: other numbers for the customers that its filter matches. */
@Entity('reclaim_override')
export class ReclaimOverrideEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') poolId!: string;
  @Column('text') name!: string;
  @Column('double precision') priority!: number;
  @Column('jsonb', { nullable: true }) filter!: Record<string, unknown> | null;
  @Column('jsonb') numbers!: OverrideNumbers;
  @Column(optionalTextColumn) problem!: string | null;
}

/** Numbers as they were, so that an edit can be given its grace. */
export interface OverrideSnapshot {
  id: string;
  priority: number;
  numbers: OverrideNumbers;
}
