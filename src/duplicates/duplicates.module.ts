import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { DuplicatesService } from './duplicates.service';

const services = [DuplicatesService];

@Module({ imports: [PoolsModule], providers: services, exports: services })
export class DuplicatesModule {}
