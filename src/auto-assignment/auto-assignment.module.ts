import { Module } from '@nestjs/common';
import { DuplicatesModule } from '../duplicates/duplicates.module';
import { OwnershipModule } from '../ownership/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { AssignmentLedger } from './assignment-ledger.service';
import { AutoAssigner } from './auto-assigner.service';
import { LeadValues } from './lead-values.service';

@Module({
  imports: [DuplicatesModule, OwnershipModule, PoolsModule],
  providers: [AssignmentLedger, AutoAssigner, LeadValues],
  exports: [AssignmentLedger, AutoAssigner],
})
export class AutoAssignmentModule {}
