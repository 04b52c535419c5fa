import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AssignmentExplanation } from '../../domain/assignment/auto/describe-assignment';
import type { CustomerObject } from '../../domain/customer/customer';
import { instantColumn } from '../columns';

/** A customer that was to be given out and stays in its pool, and why. */
@Entity('assignment_stay')
export class AssignmentStayEntity {
  @PrimaryColumn('text') object!: CustomerObject;
  @PrimaryColumn('uuid') recordId!: string;
  @Column('uuid') poolId!: string;
  @Column('jsonb') explanation!: AssignmentExplanation;
  /** Since when it stays for this reason. */
  @Column(instantColumn) at!: string;
}
