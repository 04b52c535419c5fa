import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { ActivitiesSync } from './activities-sync.service';
import { ActivityReader } from './activity-reader.service';
import { CalendarEventSource } from './calendar-event.source';
import { FollowUpService } from './follow-up.service';
import { MessageSource } from './message.source';
import { NoteSource } from './note.source';
import { OpportunitySource } from './opportunity.source';
import { TaskSource } from './task.source';

@Module({
  imports: [PoolsModule],
  providers: [
    ActivitiesSync,
    ActivityReader,
    CalendarEventSource,
    FollowUpService,
    MessageSource,
    NoteSource,
    OpportunitySource,
    TaskSource,
  ],
  exports: [ActivitiesSync, FollowUpService],
})
export class ActivitiesModule {}
