import { Injectable } from '@nestjs/common';
import { ActivitiesSync } from '../sync/activities-sync.service';
import { Clock } from '../config/clock';
import { CustomersSync } from '../sync/customers-sync.service';
import { MembersSync } from '../sync/members-sync.service';
import { PoolsSync } from '../sync/pools-sync.service';
import { ClockKeeper } from './clock-keeper.service';

/** Everything that decides who is due, read up to now. */
@Injectable()
export class FreshFacts {
  constructor(
    private readonly members: MembersSync,
    private readonly pools: PoolsSync,
    private readonly activities: ActivitiesSync,
    private readonly customers: CustomersSync,
    private readonly keeper: ClockKeeper,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError, ActivitiesBusyError */
  async gather(): Promise<void> {
    const startedAt = this.clock.now();
    await this.pools.syncSettings();
    await this.members.sync();
    await this.pools.syncPools();
    await this.activities.readUpTo(startedAt);
    await this.customers.readUpTo('COMPANY', startedAt);
    await this.customers.readUpTo('PERSON', startedAt);
    await this.keeper.keep();
  }
}
