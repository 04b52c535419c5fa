import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustomerObject } from '../domain/customer/customer';
import { PoolsService } from '../pools/pools.service';
import { ReclaimOverrideEntity } from '../storage/entities/reclaim-override.entity';
import { ClockRecords } from '../twenty/records/clock-records.service';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import type { ClockMatch, StaleClock } from './clock-keeper.queries';

const objects: CustomerObject[] = ['COMPANY', 'PERSON'];

/** What the clock must ask Twenty: which override's filter a customer passes, and the date that `AFTER_DATE` counts from. */
@Injectable()
export class ClockMatcher {
  private readonly logger = new Logger(ClockMatcher.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly customers: CustomerRecords,
    private readonly clockRecords: ClockRecords,
  ) {}

  /** @returns matches of the customers in whose pool there is anything to ask @throws TwentyError */
  async match(clocks: StaleClock[]): Promise<ClockMatch[]> {
    const pools = await this.pools.all();
    const overrides = await this.dataSource.manager.find(ReclaimOverrideEntity, {
      order: { priority: 'ASC', id: 'ASC' },
    });
    const matches: ClockMatch[] = [];
    for (const poolId of new Set(clocks.map((clock) => clock.poolId))) {
      const own = overrides.filter((override) => override.poolId === poolId);
      const fields = [pools.get(poolId)?.policy.afterDateField, ...own.map(({ numbers }) => numbers.afterDateField)];
      const dateFields = [...new Set(fields.filter((field) => typeof field === 'string' && field !== ''))] as string[];
      if (own.length === 0 && dateFields.length === 0) continue;
      for (const object of objects) {
        const ids = clocks
          .filter((clock) => clock.poolId === poolId && clock.object === object)
          .map(({ recordId }) => recordId);
        if (ids.length === 0) continue;
        const overrideIds = await this.overridesOf(object, ids, own);
        const dates = await this.datesOf(object, ids, dateFields);
        matches.push(
          ...ids.map((recordId) => ({
            recordId,
            overrideId: overrideIds.get(recordId) ?? null,
            afterDates: dates.get(recordId) ?? {},
          })),
        );
      }
    }
    return matches;
  }

  /** The first match counts. A filter that Twenty refuses matches nobody, which leaves the pool's own numbers in force. */
  private async overridesOf(
    object: CustomerObject,
    ids: string[],
    overrides: ReclaimOverrideEntity[],
  ): Promise<Map<string, string>> {
    const matched = new Map<string, string>();
    for (const { id, name, filter } of overrides) {
      const open = ids.filter((recordId) => !matched.has(recordId));
      if (!filter || open.length === 0) continue;
      try {
        for (const recordId of await this.customers.matchFilter(object, open, filter, { priority: 'background' }))
          matched.set(recordId, id);
      } catch (error) {
        if (!isTwentyError(error, 'REJECTED')) throw error;
        this.logger.warn(
          { rule: name, object, message: error.message },
          'Twenty refuses the filter of a reclaim rule; it matches nothing',
        );
      }
    }
    return matched;
  }

  private async datesOf(
    object: CustomerObject,
    ids: string[],
    fields: string[],
  ): Promise<Map<string, Record<string, string | null>>> {
    if (fields.length === 0) return new Map();
    try {
      return await this.clockRecords.readDates(object, ids, fields, { priority: 'background' });
    } catch (error) {
      if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'PROTOCOL')) throw error;
      this.logger.warn(
        { object, fields, message: error.message },
        'A date field that a pool counts from does not exist; its rule is off',
      );
      return new Map();
    }
  }
}
