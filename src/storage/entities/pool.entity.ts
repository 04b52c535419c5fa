import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PoolPolicy } from '../../domain/pool/pool-policy';
import { optionalInstantColumn, optionalTextColumn } from '../columns';

@Entity('pool')
export class PoolEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  /** The last policy that was valid. */
  @Column('jsonb') policy!: PoolPolicy;
  /** Why Twenty's values are not (all) in force. */
  @Column(optionalTextColumn) problem!: string | null;
  @Column(optionalInstantColumn) removedAt!: string | null;
}
