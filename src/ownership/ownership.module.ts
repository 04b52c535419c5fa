import { Module } from '@nestjs/common';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { PoolsModule } from '../pools/pools.module';
import { ChangeWriter } from './change-writer';
import { ClaimService } from './claim.service';
import { CommandRunner } from './command-runner.service';
import { CustomerReader } from './customer-reader.service';
import { HistoryReader } from './history-reader.service';
import { ObservationService } from './observation.service';
import { PendingWritesService } from './pending-writes.service';
import { ReleaseService } from './release.service';
import { SelectionService } from './selection.service';

@Module({
  imports: [IdleClockModule, PoolsModule],
  providers: [
    ChangeWriter, ClaimService, CommandRunner, CustomerReader, HistoryReader, ObservationService, PendingWritesService, ReleaseService, SelectionService,
  ],
  exports: [ChangeWriter, ClaimService, CommandRunner, CustomerReader, HistoryReader, ObservationService, PendingWritesService, ReleaseService, SelectionService],
})
export class OwnershipModule {}
