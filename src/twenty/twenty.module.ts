import { Global, Module } from '@nestjs/common';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { CalendarEventRecords } from './calendar-event-records.service';
import { ClockRecords } from './clock-records.service';
import { CustomerRecords } from './customer-records.service';
import { FieldValues } from './field-values.service';
import { Introspection } from './introspection.service';
import { MemberRecords } from './member-records.service';
import { MessageRecords } from './message-records.service';
import { NoteRecords } from './note-records.service';
import { ObjectIds } from './object-ids.service';
import { OpportunityRecords } from './opportunity-records.service';
import { OwnershipEventRecords } from './ownership-event-records.service';
import { PoolRecords } from './pool-records.service';
import { RateBudget } from './rate-budget';
import { RelatedRecords } from './related-records.service';
import { SettingsReader } from './settings-reader.service';
import { TaskActivityRecords } from './task-activity-records.service';
import { TaskRecords } from './task-records.service';
import { TwentyAuth } from './twenty-auth.service';
import { TwentyClient } from './twenty-client.service';
import { EngineTime, TwentyClock } from './twenty-clock';
import { TwentyTransport } from './twenty-transport';
import { WebhookRegistry } from './webhook-registry.service';
import { Workspace } from './workspace.service';

const SERVICES = [
  CalendarEventRecords,
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
