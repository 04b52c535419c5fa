import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../pools/settings.service';
import { PoolRecords } from '../twenty/pool-records.service';
import { SettingsReader } from '../twenty/settings-reader.service';
import { markRead } from './sync-cursor.queries';

/** Pools, their members and the workspace settings: small, so they are read whole. */
@Injectable()
export class PoolsSync {
  constructor(
    private readonly dataSource: DataSource,
    private readonly records: PoolRecords,
    private readonly settingsReader: SettingsReader,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError */
  async syncPools(): Promise<void> {
    const { pools, members } = await this.records.readAll({ priority: 'background' });
    const problems = await this.pools.accept(pools, members, this.clock.now());
    for (const { poolId, problem } of problems) await this.records.setProblem(poolId, problem, { priority: 'background' });
    await markRead(this.dataSource.manager, 'pools', this.clock.now());
  }

  /** @throws TwentyError */
  async syncSettings(): Promise<void> {
    await this.settings.accept(Object.fromEntries(await this.settingsReader.read({ priority: 'background' })));
    await markRead(this.dataSource.manager, 'settings', this.clock.now());
  }
}
