import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ActivitiesSync } from './activities-sync.service';
import { whenAlone } from '../storage/exclusive';
import { CustomersSync } from './customers-sync.service';

/** Settled writes are kept for questions about the last days; commands as long as a client may repeat one, or an activity be considered. */
const keptDays = 7;

/** The hourly look at everything, and what may be thrown away. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: CustomersSync,
    private readonly activities: ActivitiesSync,
  ) {}

  /** @throws TwentyError */
  async reconcile(): Promise<void> {
    await whenAlone(this.dataSource, 'reconcile', async () => {
      await this.customers.reconcile('COMPANY');
      await this.customers.reconcile('PERSON');
      await this.activities.reconcile();
      await this.dataSource.query(
        `DELETE FROM pending_write WHERE settled_at < clock_timestamp() - make_interval(days => $1)`,
        [keptDays],
      );
      await this.dataSource.query(
        `DELETE FROM command c WHERE created_at < clock_timestamp() - make_interval(days => $1)
            AND NOT EXISTS (SELECT 1 FROM pending_write w WHERE w.command_id = c.id AND w.settled_at IS NULL)`,
        [keptDays],
      );
    });
  }
}
