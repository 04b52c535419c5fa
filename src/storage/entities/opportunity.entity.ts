import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, optionalInstantColumn, optionalUuidColumn } from '../columns';

@Entity('opportunity')
export class OpportunityEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column(optionalUuidColumn) companyId!: string | null;
  /** Point of contact. */
  @Column(optionalUuidColumn) personId!: string | null;
  @Column(optionalUuidColumn) ownerId!: string | null;
  @Column('text') stage!: string;
  @Column(instantColumn) createdAt!: string;
  /** When it was first seen in a stage that counts as won. */
  @Column(optionalInstantColumn) wonAt!: string | null;
  @Column(instantColumn) updatedAt!: string;
  @Column('boolean') isDeleted!: boolean;
}
