import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../columns';

/** A record that Twenty is to be asked about again: by a webhook, or because a reading was overtaken by a decision. */
@Entity('reread')
export class RereadEntity {
  /** COMPANY, PERSON, or another source of the feed. */
  @PrimaryColumn('text') object!: string;
  @PrimaryColumn('uuid') recordId!: string;
  @Column(instantColumn) requestedAt!: string;
}
