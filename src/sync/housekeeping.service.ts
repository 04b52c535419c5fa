import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Job } from '../config/job.decorator';
import { FeedAudit } from './feed-audit.service';

/** Settled writes are kept for questions about the last days; commands as long as a client may repeat one, or an activity be considered. */
const keptDays = 7;
const tidyEveryMs = 3_600_000;

/** The standing comparison with Twenty, and what may be thrown away. */
@Injectable()
export class Housekeeping {
  private tidiedAt = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: FeedAudit,
  ) {}

  /** @throws TwentyError */
  @Job('reconcile')
  async reconcile(): Promise<void> {
    await this.tidy();
    await this.audit.run();
  }

  private async tidy(): Promise<void> {
    if (Date.now() - this.tidiedAt < tidyEveryMs) return;
    await this.dataSource.query(
      `DELETE FROM pending_write WHERE settled_at < clock_timestamp() - make_interval(days => $1)`,
      [keptDays],
    );
    await this.dataSource.query(
      `DELETE FROM command c WHERE created_at < clock_timestamp() - make_interval(days => $1)
          AND NOT EXISTS (SELECT 1 FROM pending_write w WHERE w.command_id = c.id AND w.settled_at IS NULL)`,
      [keptDays],
    );
    this.tidiedAt = Date.now();
  }
}
