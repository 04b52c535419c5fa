import { Module } from '@nestjs/common';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { BulkJobs } from './bulk-jobs.service';
import { HandoverBatch } from './handover-batch.service';
import { JobRunner } from './job-runner.service';
import { OffboardBatch } from './offboard-batch.service';
import { OffboardService } from './offboard.service';
import { ReassignService } from './reassign.service';
import { RelatedMover } from './related-mover.service';
import { SelectionReader } from './selection-reader.service';
import { UndoBatch } from './undo-batch.service';
import { UndoService } from './undo.service';

@Module({
  imports: [OwnershipModule, PoolsModule],
  providers: [
    BulkJobs,
    HandoverBatch,
    JobRunner,
    OffboardBatch,
    OffboardService,
    ReassignService,
    RelatedMover,
    SelectionReader,
    UndoBatch,
    UndoService,
  ],
  exports: [BulkJobs, JobRunner, OffboardService, ReassignService, UndoService],
})
export class AssignmentModule {}
