import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { ClockInputs } from '../idle-clock/clock-inputs.service';
import { PolicyVersions } from '../idle-clock/policy-versions.service';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { PoolRecords } from '../twenty/records/pool-records.service';
import { SettingsReader } from '../twenty/records/settings-reader.service';
import { markRead, unreadSources } from './sync-cursor.queries';

/** Pools with their members and rules, leaves and the workspace settings: small, so they are read whole. */
@Injectable()
export class PoolsSync {
  constructor(
    private readonly dataSource: DataSource,
    private readonly records: PoolRecords,
    private readonly settingsReader: SettingsReader,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly clockInputs: ClockInputs,
    private readonly versions: PolicyVersions,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError */
  @Job('sync-pools')
  async syncPools(): Promise<void> {
    const { pools, members, rules, leaves } = await this.records.readAll({ priority: 'background' });
    const problems = await this.pools.accept(pools, members, this.clock.now());
    await this.clockInputs.accept(rules, leaves);
    for (const { poolId, problem } of problems)
      await this.records.setProblem(poolId, problem, { priority: 'background' });
    await markRead(this.dataSource.manager, 'pools', this.clock.now());
    await this.noteVersions();
  }

  /** @throws TwentyError */
  @Job('sync-settings')
  async syncSettings(): Promise<void> {
    await this.settings.accept(Object.fromEntries(await this.settingsReader.read({ priority: 'background' })));
    await markRead(this.dataSource.manager, 'settings', this.clock.now());
    await this.noteVersions();
  }

  /** A new index learns from the history whether its policies were in force before; until then nothing is noted. */
  async noteVersions(): Promise<void> {
    const unread = await unreadSources(this.dataSource.manager);
    if (!unread.some((source) => source === 'settings' || source === 'pools' || source === 'history'))
      await this.versions.note(this.clock.now());
  }
}
