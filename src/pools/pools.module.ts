import { Module } from '@nestjs/common';
import { PoolsService } from './pools.service';
import { SettingsService } from '../settings/settings.service';

@Module({ providers: [PoolsService, SettingsService], exports: [PoolsService, SettingsService] })
export class PoolsModule {}
