import { Module } from '@nestjs/common';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { ActivityClaimer } from './activity-claimer.service';

@Module({ imports: [OwnershipModule, PoolsModule], providers: [ActivityClaimer], exports: [ActivityClaimer] })
export class ActivityClaimsModule {}
