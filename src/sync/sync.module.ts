import { Module } from '@nestjs/common';
import { ActivitiesModule } from './activities.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { OffboardingModule } from '../bulk/offboarding.module';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { CustomersSync } from './customers-sync.service';
import { EngineHealth } from './engine-health.service';
import { HistoryMirror } from './history-mirror.service';
import { HistoryRestore } from './history-restore.service';
import { Housekeeping } from './housekeeping.service';
import { IndexReader } from './index-reader.service';
import { MembersSync } from './members-sync.service';
import { PoolsSync } from './pools-sync.service';
import { RebuildService } from './rebuild.service';
import { RoutingService } from '../pools/routing.service';
import { WebhookIntake } from './webhook-intake.service';
import { WorkspaceIdentity } from './workspace-identity.service';

const services = [
  CustomersSync,
  EngineHealth,
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
  imports: [ActivitiesModule, IdleClockModule, NotificationsModule, OffboardingModule, OwnershipModule, PoolsModule],
  providers: [...services, HistoryRestore, RoutingService],
  exports: services,
})
export class SyncModule {}
