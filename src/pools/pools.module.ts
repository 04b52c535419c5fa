import { Module } from '@nestjs/common';
import { SettingsService } from '../settings/settings.service';
import { PoolsService } from './pools.service';
import { RoutingService } from './routing.service';

const services = [PoolsService, RoutingService, SettingsService];

@Module({ providers: services, exports: services })
export class PoolsModule {}
