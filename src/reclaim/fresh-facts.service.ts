import { Injectable } from '@nestjs/common';
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
    private readonly customers: CustomersSync,
    private readonly keeper: ClockKeeper,
  ) {}

  /** @throws TwentyError */
  async gather(): Promise<void> {
    await this.pools.syncSettings();
    await this.members.sync();
    await this.pools.syncPools();
    await this.customers.sync('COMPANY');
    await this.customers.sync('PERSON');
    await this.keeper.keep();
  }
}
