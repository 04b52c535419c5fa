import { Module } from '@nestjs/common';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { PoolsModule } from '../pools/pools.module';
import { ChangeWriter } from './change-writer';
import { ChangeService } from './change.service';
import { CommandRunner } from './command-runner.service';
import { ObservationService } from './observation.service';
import { PendingWritesService } from './pending-writes.service';
import { Projection } from './projection.service';

const services = [ChangeService, ChangeWriter, CommandRunner, ObservationService, PendingWritesService, Projection];

@Module({ imports: [IdleClockModule, PoolsModule], providers: services, exports: services })
export class ChangesModule {}
