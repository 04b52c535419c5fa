import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import { ActivitiesModule } from '../sync/activities.module';
import { ActivityClaimsModule } from '../automatic/activity-claims.module';
import { AssignmentModule } from '../bulk/assignment.module';
import { AutoAssignmentModule } from '../automatic/auto-assignment.module';
import { CleanUpModule } from '../automatic/clean-up.module';
import { EngineConfig } from '../config/engine-config';
import { RemindersModule } from '../notifications/reminders.module';
import { DuplicatesModule } from '../automatic/duplicates.module';
import { OwnershipModule } from '../commands/ownership.module';
import { migrateQueue, queueSchema } from '../storage/migrate';
import { ReclaimModule } from '../automatic/reclaim.module';
import { SyncModule } from '../sync/sync.module';
import { JobKicker } from './job-kicker.service';
import { JobPause } from './job-pause.service';
import { JobRegistry } from './job-registry.service';
import { JobScheduler } from './job-scheduler.service';
import { queueName } from './job-names';
import { JobsProcessor } from './jobs.processor';
import { Startup } from './startup.service';

/** The queue is in PostgreSQL unless there is a Redis; which it is decides nothing about what jobs do. */
async function queueOptions({ databaseUrl, redisUrl }: EngineConfig): Promise<QueueOptions> {
  if (redisUrl) {
    setDefaultBackendFactory();
    return { connection: { url: redisUrl, maxRetriesPerRequest: null } };
  }
  setDefaultBackendFactory(createPostgresBackend);
  await migrateQueue(databaseUrl);
  // The option's type is Redis's whatever the backend.
  return { connection: { connectionString: databaseUrl, schema: queueSchema, max: 4 } as QueueOptions['connection'] };
}

@Module({
  imports: [
    ScheduleModule.forRoot(),
    BullModule.forRootAsync({ inject: [EngineConfig], useFactory: queueOptions }),
    BullModule.registerQueue({ name: queueName }),
    ActivitiesModule,
    ActivityClaimsModule,
    AssignmentModule,
    AutoAssignmentModule,
    CleanUpModule,
    DuplicatesModule,
    OwnershipModule,
    ReclaimModule,
    RemindersModule,
    SyncModule,
  ],
  providers: [JobKicker, JobPause, JobRegistry, JobScheduler, JobsProcessor, Startup],
  exports: [JobKicker, JobPause, JobRegistry, Startup],
})
export class JobsModule {}
