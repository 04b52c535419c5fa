import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { ChangeWriter, stateOf, lockCustomers } from '../changes';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { shareIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import { clocksUpToDate, markByTime, staleClocks, storeMatches } from './clock-keeper.queries';
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
    private readonly changeWriter: ChangeWriter,
    private readonly idleClock: IdleClock,
    private readonly matcher: ClockMatcher,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /** Works off every mark there is. @returns how many clocks were looked at @throws TwentyError */
  async keep(): Promise<number> {
    await markByTime(
      this.dataSource,
      this.clock.now(),
      (await this.idleClock.settingsNow(this.dataSource.manager)).TIME_ZONE,
    );
    let looked = 0;
    for (;;) {
      const refs = await staleClocks(this.dataSource.manager, batchSize);
      if (refs.length === 0) return looked;
      const matches = await this.matcher.match(refs);
      await inTransaction(this.dataSource, async (manager) => {
        await shareIndex(manager);
        await storeMatches(manager, matches);
        const rows = [...(await lockCustomers(manager, refs)).values()].filter(canBeKept);
        await clocksUpToDate(manager, rows);
        // The writes are left to the resolver, which tells Twenty of equal dates together.
        await this.changeWriter.write(
          manager,
          rows.map((customer) => ({ customer, after: stateOf(customer), event: null, write: null })),
          { commandId: null, leaseSeconds: 0 },
        );
      });
      looked += refs.length;
      this.logger.debug({ clocks: refs.length }, 'Clocks brought up to date');
    }
  }
}

function canBeKept({ clockStaleSince, isDeleted }: CustomerEntity): boolean {
  return clockStaleSince !== null && !isDeleted;
}
