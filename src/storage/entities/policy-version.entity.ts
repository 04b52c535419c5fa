import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CleanUpPolicy } from '../../domain/clean-up/clean-up.types';
import type { ClockPolicy } from '../../domain/idle-clock/clock.types';
import { instantColumn } from '../columns';
import type { OverrideSnapshot } from './reclaim-override.entity';

/** The settings that a working calendar is made of. */
export interface CalendarSettings {
  weekdays: number[];
  country: string;
  extraHolidays: string[];
  extraWorkdays: string[];
}

/** What a pool's clock, and its clean-up, went by from a time on. The last one is in force; earlier ones give an edit its grace. */
@Entity('policy_version')
export class PolicyVersionEntity {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' }) id!: string;
  @Column('uuid') poolId!: string;
  @Column(instantColumn) at!: string;
  @Column('jsonb') policy!: ClockPolicy;
  @Column('jsonb') overrides!: OverrideSnapshot[];
  @Column('jsonb') calendar!: CalendarSettings;
  /** Null: noted before there was any clean-up. */
  @Column('jsonb', { nullable: true }) cleanUp!: CleanUpPolicy | null;
}
