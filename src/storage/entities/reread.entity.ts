import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject } from '../../domain/customer/customer';
import { instantColumn } from '../columns';

/** A customer that Twenty is to be asked about again: by a webhook, or because a reading was overtaken by a decision. */
@Entity('reread')
export class RereadEntity {
  @PrimaryColumn('text') object!: CustomerObject;
  @PrimaryColumn('uuid') recordId!: string;
  @Column(instantColumn) requestedAt!: string;
}
