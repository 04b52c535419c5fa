import { Module } from '@nestjs/common';
import { ActivitiesModule } from '../sync/activities.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { SyncModule } from '../sync/sync.module';
import { ClockKeeper } from './clock-keeper.service';
import { ClockMatcher } from './clock-matcher.service';
import { FreshFacts } from './fresh-facts.service';
import { PolicySimulation } from '../reading/simulation.service';
import { ReclaimSweep } from './reclaim-sweep.service';

@Module({
  imports: [ActivitiesModule, IdleClockModule, OwnershipModule, PoolsModule, SyncModule],
  providers: [ClockKeeper, ClockMatcher, FreshFacts, PolicySimulation, ReclaimSweep],
  exports: [ClockKeeper, FreshFacts, PolicySimulation, ReclaimSweep],
})
export class ReclaimModule {}
