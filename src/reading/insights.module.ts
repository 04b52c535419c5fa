import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { FiguresService } from './figures.service';

@Module({ imports: [PoolsModule], providers: [FiguresService], exports: [FiguresService] })
export class InsightsModule {}
