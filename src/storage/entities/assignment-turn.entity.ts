import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AutoAssignStrategy } from '../../domain/assignment/auto/auto-assignment.types';
import { optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

/** Whose turn it is in a pool. Its row is the lock of the one instance that gives out from the pool. */
@Entity('assignment_turn')
export class AssignmentTurnEntity {
  @PrimaryColumn('uuid') poolId!: string;
  /** What the credits are counted in; another strategy begins anew. */
  @Column(optionalTextColumn) strategy!: AutoAssignStrategy | null;
  @Column(optionalUuidColumn) lastMemberId!: string | null;
  @Column('jsonb') credits!: Record<string, number>;
  /** Up to when the schedule has been followed. */
  @Column(optionalInstantColumn) scheduledAt!: string | null;
}
