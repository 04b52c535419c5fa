import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/changes.module';
import { CommandsModule } from '../commands/commands.module';
import { PoolsModule } from '../pools/pools.module';
import { Operations } from './operations.service';
import { HandoverBatch } from './handover-batch.service';
import { OperationRunner } from './operation-runner.service';
import { OffboardBatch } from './offboard-batch.service';
import { OffboardService } from './offboard.service';
import { OffboardingService } from './offboarding.service';
import { ReassignService } from './reassign.service';
import { RelatedMover } from './related-mover.service';
import { SelectionReader } from './selection-reader.service';
import { UndoBatch } from './undo-batch.service';
import { UndoService } from './undo.service';

const services = [Operations, OperationRunner, OffboardService, OffboardingService, ReassignService, UndoService];

@Module({
  imports: [ChangesModule, CommandsModule, PoolsModule],
  providers: [...services, HandoverBatch, OffboardBatch, RelatedMover, SelectionReader, UndoBatch],
  exports: services,
})
export class BulkModule {}
