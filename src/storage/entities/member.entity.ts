import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optionalInstantColumn, optionalTextColumn, optionalUuidColumn } from '../columns';

/** A workspace member. Its row is the lock under which the member's limits are checked. */
@Entity('member')
export class MemberEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column(optionalUuidColumn) userId!: string | null;
  @Column('text') name!: string;
  @Column(optionalTextColumn) email!: string | null;
  @Column(optionalTextColumn) locale!: string | null;
  /** When Twenty was first seen without the member; null while they are there. */
  @Column(optionalInstantColumn) removedAt!: string | null;
}
