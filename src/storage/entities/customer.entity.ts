import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerObject, PoolStatus, RuleKind } from '../../domain/customer';
import { instantColumn, optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

/** The index of one company or person of Twenty. `status` and `poolId` are null while no pool manages it. */
@Entity('customer')
export class CustomerEntity {
  @PrimaryColumn('text') object!: CustomerObject;
  @PrimaryColumn('uuid') recordId!: string;
  @Column(optionalTextColumn) name!: string | null;
  @Column(optionalTextColumn) status!: PoolStatus | null;
  @Column(optionalUuidColumn) poolId!: string | null;
  @Column(optionalUuidColumn) ownerId!: string | null;
  @Column(optionalUuidColumn) formerOwnerId!: string | null;
  @Column(optionalInstantColumn) ownedSince!: string | null;
  @Column(optionalInstantColumn) pooledSince!: string | null;
  @Column(optionalInstantColumn) lastActivityAt!: string | null;
  @Column('date', { nullable: true }) reclaimOn!: string | null;
  @Column(optionalTextColumn) reclaimRule!: RuleKind | null;
  @Column('boolean') isLocked!: boolean;
  @Column(optionalInstantColumn) protectedUntil!: string | null;
  @Column('date', { nullable: true }) quietUntil!: string | null;
  @Column('boolean') isWon!: boolean;
  /** A person's company. */
  @Column(optionalUuidColumn) companyId!: string | null;
  /** What duplicates are found by; see domain/duplicates. */
  @Column('text', { array: true }) matchKeys!: string[];
  @Column('boolean') isDeleted!: boolean;
  /** The open write to Twenty. While there is one, the engine's word counts and Twenty's is not looked at: the lease. */
  @Column(optionalUuidColumn) writeId!: string | null;
  /** Database time of the engine's last decision or settlement. Readings begun before it are stale. */
  @Column(instantColumn) touchedAt!: string;
  @Column(optionalInstantColumn) twentyUpdatedAt!: string | null;
}
