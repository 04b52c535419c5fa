import { Module } from '@nestjs/common';
import { DuplicatesModule } from './duplicates.module';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { AssignmentLedger } from '../reading/assignment-ledger.service';
import { AutoAssigner } from './auto-assigner.service';
import { LeadValues } from './lead-values.service';

@Module({
  imports: [DuplicatesModule, OwnershipModule, PoolsModule],
  providers: [AssignmentLedger, AutoAssigner, LeadValues],
  exports: [AssignmentLedger, AutoAssigner],
})
export class AutoAssignmentModule {}
