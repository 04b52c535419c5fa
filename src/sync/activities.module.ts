import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { ActivitiesSync } from './activities-sync.service';
import { ActivityReader } from './activity-reader.service';
import { CalendarEventSource } from './sources/calendar-event.source';
import { FollowUpService } from '../commands/follow-up.service';
import { MessageSource } from './sources/message.source';
import { NoteSource } from './sources/note.source';
import { OpportunitySource } from './sources/opportunity.source';
import { TaskSource } from './sources/task.source';

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
