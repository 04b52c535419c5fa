import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import { AutomaticModule } from '../automatic/automatic.module';
import { BulkModule } from '../bulk/bulk.module';
import { ChangesModule } from '../changes/changes.module';
import { CommandsModule } from '../commands/commands.module';
import { SyncModule } from '../sync/sync.module';
import { EngineConfig } from '../config/engine-config';
import { migrateQueue, queueSchema } from '../storage/migrate';
import { JobKicker } from './job-kicker.service';
import { JobPause } from './job-pause.service';
import { JobRegistry } from './job-registry.service';
import { JobScheduler } from './job-scheduler.service';
import { LongJobs, QuickJobs } from './jobs.processor';
import { queueOf } from './lanes';
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
    DiscoveryModule,
    ScheduleModule.forRoot(),
    BullModule.forRootAsync({ inject: [EngineConfig], useFactory: queueOptions }),
    BullModule.registerQueue({ name: queueOf.quick }, { name: queueOf.bulk }),
    AutomaticModule,
    BulkModule,
    ChangesModule,
    CommandsModule,
    SyncModule,
  ],
  providers: [JobKicker, JobPause, JobRegistry, JobScheduler, LongJobs, QuickJobs, Startup],
  exports: [JobKicker, JobPause, JobRegistry, Startup],
})
export class JobsModule {}
