import { Module } from '@nestjs/common';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { ReclaimModule } from './reclaim.module';
import { CleanUp } from './clean-up.service';

@Module({
  imports: [IdleClockModule, OwnershipModule, PoolsModule, ReclaimModule],
  providers: [CleanUp],
  exports: [CleanUp],
})
export class CleanUpModule {}
