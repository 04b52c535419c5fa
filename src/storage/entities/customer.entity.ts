import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CustomerFields } from '../../twenty/records/twenty.types';
import type { ActivityKind } from '../../domain/idle-clock/clock.types';
import type { CustomerObject, PoolStatus, RuleKind } from '../../domain/customer/customer';
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
  /** Facts of the idle clock as last computed; the tables activity, opportunity and plan have the whole of them. */
  @Column(optionalTextColumn) lastActivityKind!: ActivityKind | null;
  @Column(optionalUuidColumn) lastActivityBy!: string | null;
  @Column('date', { nullable: true }) lastActivityOn!: string | null;
  @Column(optionalInstantColumn) lastOpportunityAt!: string | null;
  @Column(optionalInstantColumn) lastWonAt!: string | null;
  @Column('boolean') hasOpenOpportunity!: boolean;
  @Column(optionalInstantColumn) planDueAt!: string | null;
  /** The date fields that pools count from, by name. */
  @Column('jsonb') afterDates!: Record<string, string | null>;
  /** The rule override that matches, as Twenty last evaluated its filter. */
  @Column(optionalUuidColumn) overrideId!: string | null;
  /** A person's company. */
  @Column(optionalUuidColumn) companyId!: string | null;
  /** What duplicates are found by; see domain/duplicates. */
  @Column('text', { array: true }) matchKeys!: string[];
  /** Differs from when something about it, or about what it is the same as, was looked at last. */
  @Column('boolean') duplicatesStale!: boolean;
  /** As Twenty is to show it. */
  @Column(optionalTextColumn) duplicateOf!: string | null;
  /** The record it is the same as, and the match key that says so. */
  @Column(optionalUuidColumn) duplicateOfId!: string | null;
  @Column(optionalTextColumn) duplicateKey!: string | null;
  /** From when on a pooled customer is to be given out; null: not by the system. Of no meaning while it is owned. */
  @Column(optionalInstantColumn) autoAssignDue!: string | null;
  @Column('boolean') isDeleted!: boolean;
  /** The open write to Twenty. While there is one, the engine's word counts and Twenty's is not looked at: the lease. */
  @Column(optionalUuidColumn) writeId!: string | null;
  /** Database time of the engine's last decision or settlement. Readings begun before it are stale. */
  @Column(instantColumn) touchedAt!: string;
  @Column(optionalInstantColumn) twentyUpdatedAt!: string | null;
  /** What Twenty shows of it, as last read or written; null: not known yet. */
  @Column({ type: 'jsonb', nullable: true }) shown!: CustomerFields | null;
  /** From when on Twenty is to be brought in line with this row; null: it is. */
  @Column(optionalInstantColumn) showDue!: string | null;
  /** How often in a row Twenty would not have it. */
  @Column('integer') showFailures!: number;
  /** Database time at which the last reading that counts was begun. */
  @Column(optionalInstantColumn) readAt!: string | null;
}
