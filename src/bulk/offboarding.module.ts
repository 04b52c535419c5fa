import { Module } from '@nestjs/common';
import { AssignmentModule } from './assignment.module';
import { PoolsModule } from '../pools/pools.module';
import { OffboardingService } from './offboarding.service';

@Module({ imports: [AssignmentModule, PoolsModule], providers: [OffboardingService], exports: [OffboardingService] })
export class OffboardingModule {}
