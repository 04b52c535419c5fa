import { Module } from '@nestjs/common';
import { BulkModule } from '../bulk/bulk.module';
import { ChangesModule } from '../changes/changes.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { PoolsModule } from '../pools/pools.module';
import { EngineHealth } from './engine-health.service';
import { Feed } from './feed.service';
import { FeedAudit } from './feed-audit.service';
import { FeedPace } from './feed-pace.service';
import { FeedSources } from './feed-sources.service';
import { HistoryMirror } from './history-mirror.service';
import { HistoryRestore } from './history-restore.service';
import { Housekeeping } from './housekeeping.service';
import { IndexReader } from './index-reader.service';
import { MembersSync } from './members-sync.service';
import { PoolsSync } from './pools-sync.service';
import { RebuildService } from './rebuild.service';
import { CalendarEventSource } from './sources/calendar-event.source';
import { CustomerSources } from './sources/customer.source';
import { MessageSource } from './sources/message.source';
import { NoteSource } from './sources/note.source';
import { OpportunitySource } from './sources/opportunity.source';
import { TaskSource } from './sources/task.source';
import { WebhookIntake } from './webhook-intake.service';
import { WorkspaceIdentity } from './workspace-identity.service';

const services = [
  EngineHealth,
  Feed,
  HistoryMirror,
  Housekeeping,
  IndexReader,
  MembersSync,
  PoolsSync,
  RebuildService,
  WebhookIntake,
  WorkspaceIdentity,
];

@Module({
  imports: [BulkModule, ChangesModule, IdleClockModule, NotificationsModule, PoolsModule],
  providers: [
    ...services,
    CalendarEventSource,
    CustomerSources,
    FeedAudit,
    FeedPace,
    FeedSources,
    HistoryRestore,
    MessageSource,
    NoteSource,
    OpportunitySource,
    TaskSource,
  ],
  exports: services,
})
export class SyncModule {}
