import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReminderWebhook } from '../../domain/reminders/digest.types';
import { optionalTextColumn } from '../columns';

export type SettingValue = string | number | boolean | string[] | ReminderWebhook[];

/** A workspace setting: the last valid value, and what is wrong with the present one. */
@Entity('setting')
export class SettingEntity {
  @PrimaryColumn('text') key!: string;
  @Column('jsonb') value!: SettingValue;
  @Column(optionalTextColumn) problem!: string | null;
}
