import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { onceAlone } from '../storage/exclusive';
import { Feed } from '../sync/feed.service';
import { MembersSync } from '../sync/members-sync.service';
import { PoolsSync } from '../sync/pools-sync.service';
import { ClockKeeper } from './clock-keeper.service';
import { isGatheredSince, noteGathering, now } from './fresh-facts.queries';

/** Jobs of one turn begin within this of each other. */
const togetherMs = 50;

/** Everything that decides who is due, read up to now. */
@Injectable()
export class FreshFacts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly members: MembersSync,
    private readonly pools: PoolsSync,
    private readonly feed: Feed,
    private readonly keeper: ClockKeeper,
  ) {}

  /**
   * What Twenty had when this was called is known when it returns. Whoever asks while others do shares their gathering, in
   * whichever instance it is, if it began no earlier.
   * @throws TwentyError, StillBusyError
   */
  async gather(): Promise<void> {
    const since = await now(this.dataSource.manager);
    await new Promise((resolve) => setTimeout(resolve, togetherMs));
    await onceAlone(this.dataSource, 'fresh facts', async () => {
      if (await isGatheredSince(this.dataSource.manager, since)) return;
      const startedAt = await now(this.dataSource.manager);
      await this.pools.syncSettings();
      await this.members.sync();
      await this.pools.syncPools();
      await this.feed.readUpToNow();
      await this.keeper.keep();
      await noteGathering(this.dataSource.manager, startedAt);
    });
  }
}
