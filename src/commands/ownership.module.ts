import { Module } from '@nestjs/common';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { PoolsModule } from '../pools/pools.module';
import { ArchiveService } from './archive.service';
import { AssignService } from './assign.service';
import { ChangeWriter } from '../changes';
import { ClaimService } from './claim.service';
import { CommandRunner } from '../changes/command-runner.service';
import { CustomerReader } from '../reading/customer-reader.service';
import { HistoryReader } from '../reading/history-reader.service';
import { HoldService } from './hold.service';
import { MoreTimeService } from './more-time.service';
import { ObservationService } from '../changes/observation.service';
import { PendingWritesService } from '../changes/pending-writes.service';
import { PoolMoveService } from './pool-move.service';
import { ProtectService } from './protect.service';
import { QuietService } from './quiet.service';
import { ReleaseService } from './release.service';
import { SelectionService } from './selection.service';

const services = [
  ArchiveService,
  AssignService,
  ChangeWriter,
  ClaimService,
  CommandRunner,
  CustomerReader,
  HistoryReader,
  HoldService,
  MoreTimeService,
  ObservationService,
  PendingWritesService,
  PoolMoveService,
  ProtectService,
  QuietService,
  ReleaseService,
  SelectionService,
];

@Module({ imports: [IdleClockModule, PoolsModule], providers: services, exports: services })
export class OwnershipModule {}
