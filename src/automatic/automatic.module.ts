import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/changes.module';
import { CommandsModule } from '../commands/commands.module';
import { DuplicatesModule } from '../duplicates/duplicates.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { RemindersModule } from '../notifications/reminders.module';
import { PoolsModule } from '../pools/pools.module';
import { ReadingModule } from '../reading/reading.module';
import { SyncModule } from '../sync/sync.module';
import { ActivityClaimer } from './activity-claimer.service';
import { AutoAssigner } from './auto-assigner.service';
import { CleanUp } from './clean-up.service';
import { ClockKeeper } from './clock-keeper.service';
import { ClockMatcher } from './clock-matcher.service';
import { DuplicateKeeper } from './duplicate-keeper.service';
import { FreshFacts } from './fresh-facts.service';
import { LeadValues } from './lead-values.service';
import { Reminding } from './reminding.service';
import { ReclaimSweep } from './reclaim-sweep.service';

@Module({
  imports: [
    ChangesModule,
    CommandsModule,
    DuplicatesModule,
    IdleClockModule,
    PoolsModule,
    ReadingModule,
    RemindersModule,
    SyncModule,
  ],
  providers: [
    ActivityClaimer,
    AutoAssigner,
    CleanUp,
    ClockKeeper,
    ClockMatcher,
    DuplicateKeeper,
    FreshFacts,
    LeadValues,
    ReclaimSweep,
    Reminding,
  ],
})
export class AutomaticModule {}
