import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Local dates, both included. */
@Entity('member_leave')
export class MemberLeaveEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') memberId!: string;
  @Column('date') fromDate!: string;
  @Column('date') untilDate!: string;
}
