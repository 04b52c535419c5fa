import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerRef } from '../../domain/customer/customer';
import { instantColumn } from '../columns';

/** A selection on its way from a headless action to a form. */
@Entity('staged_selection')
export class StagedSelectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') memberId!: string;
  @Column('jsonb') customers!: CustomerRef[];
  @Column(instantColumn) expiresAt!: string;
}
