import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { clockOnly, readCustomers } from '../changes';
import { ChangeService } from '../changes/change.service';
import { Projection } from '../changes/projection.service';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { customerKey } from '../domain/customer/customer';
import { unmark } from '../idle-clock';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { markByTime, staleClocks, storeMatches } from './clock-keeper.queries';
import { ClockMatcher } from './clock-matcher.service';

const batchSize = 500;

/**
 * Brings reclaim dates up to date where facts or policy have changed. Readings mark what may have changed; this works the
 * marks off, so a change of ten thousand customers costs claims nothing but a share of Twenty's calls.
 */
@Injectable()
export class ClockKeeper {
  private readonly logger = new Logger(ClockKeeper.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeService,
    private readonly projection: Projection,
    private readonly idleClock: IdleClock,
    private readonly matcher: ClockMatcher,
    private readonly clock: Clock,
  ) {}

  /** Works off every mark there is. @returns how many clocks were looked at @throws TwentyError */
  @Job('keep-clocks')
  async keep(): Promise<number> {
    await markByTime(
      this.dataSource,
      this.clock.now(),
      (await this.idleClock.settingsNow(this.dataSource.manager)).TIME_ZONE,
    );
    let looked = 0;
    for (;;) {
      const refs = await staleClocks(this.dataSource.manager, batchSize);
      if (refs.length === 0) break;
      const matches = await this.matcher.match(refs);
      await this.changes.decide({
        gate: 'STEADY',
        scope: () => Promise.resolve({ refs }),
        decide: async ({ manager, customers, inFlight }) => {
          await storeMatches(manager, matches);
          // A claim may have been decided since the marks were read: its outcome is waited for, and the mark stays.
          const marks = refs.filter((ref) => {
            const customer = customers.get(customerKey(ref));
            return customer && !customer.isDeleted && !inFlight.has(ref.recordId);
          });
          await unmark(manager, marks);
          // Locked already; the matches were stored a moment ago.
          const matched = await readCustomers(manager, marks);
          return { changes: [...matched.values()].map(clockOnly), answer: null };
        },
      });
      looked += refs.length;
      this.logger.debug({ clocks: refs.length }, 'Clocks brought up to date');
    }
    if (looked > 0) await this.projection.run();
    return looked;
  }
}
