import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { EngineConfig } from '../config/engine-config';
import { JobsModule } from '../jobs/jobs.module';
import { PoolsModule } from '../pools/pools.module';
import { DemoClockController } from './demo-clock.controller';
import { DemoDays } from './demo-days.service';

@Module({ imports: [JobsModule, PoolsModule], controllers: [DemoClockController], providers: [DemoDays] })
export class DemoModule implements OnApplicationBootstrap {
  constructor(
    private readonly days: DemoDays,
    private readonly config: EngineConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.sandbox) await this.days.recover();
  }
}
