import { Global, Module } from '@nestjs/common';
import { EngineConfig } from './engine-config';
import { loadConfig } from './load-config';
import { PluginManifest } from './plugin-manifest';

@Global()
@Module({
  providers: [
    { provide: EngineConfig, useFactory: () => loadConfig(process.env) },
    { provide: PluginManifest, useFactory: () => PluginManifest.load() },
  ],
  exports: [EngineConfig, PluginManifest],
})
export class ConfigModule {}
