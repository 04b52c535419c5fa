import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, SystemTimeClock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { loadConfig } from '../config/load-config';
import { PluginManifest } from '../config/plugin-manifest';
import { CustomerRecords } from './records/customer-records.service';
import { Introspection } from './client/introspection.service';
import { MemberRecords } from './records/member-records.service';
import { OwnershipEventRecords } from './records/ownership-event-records.service';
import { PoolRecords } from './records/pool-records.service';
import { SettingsReader } from './records/settings-reader.service';
import { TaskRecords } from './records/task-records.service';
import { TwentyModule } from './twenty.module';
import { WebhookRegistry } from './records/webhook-registry.service';
import { Workspace } from './records/workspace.service';

const config = loadConfig({
  DATABASE_URL: 'postgres://unused',
  TWENTY_URL: 'http://127.0.0.1:1',
  TWENTY_API_KEY: 'key-of-twenty',
});

@Global()
@Module({
  providers: [
    { provide: EngineConfig, useValue: config },
    { provide: PluginManifest, useFactory: () => PluginManifest.load() },
    { provide: Clock, useClass: SystemTimeClock },
  ],
  exports: [Clock, EngineConfig, PluginManifest],
})
class ConfigForTest {}

@Module({ imports: [ConfigForTest, TwentyModule] })
class AppForTest {}

describe('TwentyModule', () => {
  it('should give every service of Twenty to the application', async () => {
    const app = await NestFactory.createApplicationContext(AppForTest, { logger: false });
    const services = [
      CustomerRecords,
      Introspection,
      MemberRecords,
      OwnershipEventRecords,
      PoolRecords,
      SettingsReader,
      TaskRecords,
      WebhookRegistry,
      Workspace,
    ];
    for (const service of services) expect(app.get<object>(service)).toBeInstanceOf(service);
    await app.close();
  });
});
