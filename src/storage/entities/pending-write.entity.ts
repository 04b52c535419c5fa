import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fence } from '../../domain/change/told';
import type { CustomerObject } from '../../domain/customer/customer';
import type { CustomerFields } from '../../twenty/records/twenty.types';
import { instantColumn, optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

/** The customer as it was before the decision: what a lost write goes back to. */
export interface CustomerBefore {
  status: 'OWNED' | 'POOLED' | 'ARCHIVED' | null;
  poolId: string | null;
  ownerId: string | null;
  formerOwnerId: string | null;
  ownedSince: string | null;
  pooledSince: string | null;
  lastActivityAt: string | null;
  lastActivityOn: string | null;
  reclaimOn: string | null;
  reclaimRule: string | null;
  /** Of a write that sets them. */
  isLocked?: boolean;
  protectedUntil?: string | null;
}

/** `COMMAND` what was decided; `REVERT` a direct edit taken back. */
export type WriteKind = 'COMMAND' | 'REVERT';

/**
 * What was decided and Twenty has to be told, written in the transaction of the decision. At most one open per customer.
 * Whoever holds the lease tells Twenty; when it runs out, anybody may. Telling twice does no harm.
 */
@Entity('pending_write')
export class PendingWriteEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: WriteKind;
  @Column(optionalUuidColumn) commandId!: string | null;
  @Column(optionalUuidColumn) eventId!: string | null;
  @Column('text') object!: CustomerObject;
  @Column('uuid') recordId!: string;
  @Column('jsonb') fence!: Fence;
  @Column('jsonb') data!: CustomerFields;
  @Column('jsonb') before!: CustomerBefore;
  @Column('integer') attempts!: number;
  @Column(instantColumn) leasedUntil!: string;
  @Column(instantColumn) createdAt!: string;
  @Column(optionalInstantColumn) settledAt!: string | null;
  @Column(optionalTextColumn) lastError!: string | null;
}
