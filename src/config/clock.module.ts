import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, SystemTimeClock } from './clock';
import { DemoClock } from './demo-clock';
import { EngineConfig } from './engine-config';

/** System time, unless Twenty is the sandbox. */
@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [EngineConfig, DataSource],
      useFactory: ({ sandbox }: EngineConfig, dataSource: DataSource): Clock | Promise<Clock> =>
        sandbox ? DemoClock.start(dataSource) : new SystemTimeClock(),
    },
  ],
  exports: [Clock],
})
export class ClockModule {}
