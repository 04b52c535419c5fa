import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pool_member')
export class PoolMemberEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') poolId!: string;
  @Column('uuid') memberId!: string;
  @Column('text') memberRole!: 'MEMBER' | 'MANAGER';
  @Column('integer', { nullable: true }) holdingCapacity!: number | null;
  @Column('integer', { nullable: true }) claimLimit!: number | null;
  @Column('boolean') isOnDuty!: boolean;
}
