import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClockModule } from './config/clock.module';
import { ConfigModule } from './config/config.module';
import { StorageModule } from './storage/storage.module';
import { RebuildService } from './sync/rebuild.service';
import { SyncModule } from './sync/sync.module';
import { TwentyModule } from './twenty/twenty.module';

@Module({ imports: [ConfigModule, ClockModule, StorageModule, TwentyModule, SyncModule] })
class RebuildModule {}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(RebuildModule, { logger: ['log', 'warn', 'error'] });
  try {
    await app.get(RebuildService).rebuild();
    process.stderr.write('Rebuilt from Twenty. 已根据 Twenty 重建。\n');
  } finally {
    await app.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
