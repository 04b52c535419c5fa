import { Global, Module } from '@nestjs/common';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { CalendarEventRecords } from './records/calendar-event-records.service';
import { FollowedRecords } from './records/followed-records.service';
import { ClockRecords } from './records/clock-records.service';
import { CustomerRecords } from './records/customer-records.service';
import { FieldValues } from './records/field-values.service';
import { Introspection } from './client/introspection.service';
import { MemberRecords } from './records/member-records.service';
import { MessageRecords } from './records/message-records.service';
import { NoteRecords } from './records/note-records.service';
import { ObjectIds } from './records/object-ids.service';
import { OpportunityRecords } from './records/opportunity-records.service';
import { OwnershipEventRecords } from './records/ownership-event-records.service';
import { PoolRecords } from './records/pool-records.service';
import { RateBudget } from './client/rate-budget';
import { RelatedRecords } from './records/related-records.service';
import { SettingsReader } from './records/settings-reader.service';
import { TaskActivityRecords } from './records/task-activity-records.service';
import { TaskRecords } from './records/task-records.service';
import { TwentyAuth } from './client/twenty-auth.service';
import { TwentyClient } from './client/twenty-client.service';
import { EngineTime, TwentyClock } from './client/twenty-clock';
import { TwentyTransport } from './client/twenty-transport';
import { WebhookRegistry } from './records/webhook-registry.service';
import { Workspace } from './records/workspace.service';

const SERVICES = [
  CalendarEventRecords,
  FollowedRecords,
  ClockRecords,
  CustomerRecords,
  FieldValues,
  Introspection,
  MemberRecords,
  MessageRecords,
  NoteRecords,
  ObjectIds,
  OpportunityRecords,
  OwnershipEventRecords,
  PoolRecords,
  RelatedRecords,
  SettingsReader,
  TaskActivityRecords,
  TaskRecords,
  WebhookRegistry,
  Workspace,
];

/** Everything that speaks Twenty. Needs ConfigModule and ClockModule. */
@Global()
@Module({
  providers: [
    { provide: TwentyClock, useFactory: (clock: Clock) => new EngineTime(clock), inject: [Clock] },
    {
      provide: RateBudget,
      useFactory: (config: EngineConfig, clock: TwentyClock) =>
        new RateBudget({ perMinute: config.twentyRatePerMinute }, clock),
      inject: [EngineConfig, TwentyClock],
    },
    TwentyTransport,
    TwentyAuth,
    TwentyClient,
    ...SERVICES,
  ],
  exports: [TwentyClient, TwentyClock, ...SERVICES],
})
export class TwentyModule {}
