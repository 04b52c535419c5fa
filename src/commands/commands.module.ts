import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/changes.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { PoolsModule } from '../pools/pools.module';
import { ArchiveService } from './archive.service';
import { AssignService } from './assign.service';
import { ClaimService } from './claim.service';
import { FollowUpService } from './follow-up.service';
import { HoldService } from './hold.service';
import { MoreTimeService } from './more-time.service';
import { OpenWrites } from './open-writes.service';
import { PoolMoveService } from './pool-move.service';
import { ProtectService } from './protect.service';
import { QuietService } from './quiet.service';
import { ReleaseService } from './release.service';
import { SelectionService } from './selection.service';

const services = [
  ArchiveService,
  AssignService,
  ClaimService,
  FollowUpService,
  HoldService,
  MoreTimeService,
  PoolMoveService,
  ProtectService,
  QuietService,
  ReleaseService,
  SelectionService,
];

@Module({
  imports: [ChangesModule, IdleClockModule, PoolsModule],
  providers: [...services, OpenWrites],
  exports: services,
})
export class CommandsModule {}
