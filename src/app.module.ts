import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { ApiModule } from './api/api.module';
import { ClockModule } from './config/clock.module';
import { ConfigModule } from './config/config.module';
import { EngineConfig } from './config/engine-config';
import { loggerOptions } from './config/logger-options';
import { DemoModule } from './demo/demo.module';
import { StorageModule } from './storage/storage.module';
import { TwentyModule } from './twenty/twenty.module';

@Module({
  imports: [
    ConfigModule,
    ClockModule,
    LoggerModule.forRootAsync({
      inject: [EngineConfig],
      useFactory: (config: EngineConfig) => ({ pinoHttp: loggerOptions(config.logLevel) }),
    }),
    StorageModule,
    TwentyModule,
    ApiModule,
    DemoModule,
  ],
})
export class AppModule {}
