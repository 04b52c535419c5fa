import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MatchValues } from '../../domain/assignment/auto/auto-assignment.types';
import { optionalInstantColumn } from '../columns';

@Entity('pool_member')
export class PoolMemberEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') poolId!: string;
  @Column('uuid') memberId!: string;
  @Column('text') memberRole!: 'MEMBER' | 'MANAGER';
  @Column('integer', { nullable: true }) holdingCapacity!: number | null;
  @Column('integer', { nullable: true }) claimLimit!: number | null;
  @Column('boolean') isOnDuty!: boolean;
  /** The member's part when customers are given out by weight; null: 1. */
  @Column('double precision', { nullable: true }) weight!: number | null;
  /** What the member takes, by field name, as Twenty has it. */
  @Column('jsonb', { nullable: true }) matchValues!: MatchValues | null;
  @Column(optionalInstantColumn) joinedAt!: string | null;
}
