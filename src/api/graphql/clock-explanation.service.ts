import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../config/clock';
import { type CustomerRef, customerKey } from '../../domain/customer/customer';
import type { ClockExplanation } from '../../domain/idle-clock/clock.types';
import { IdleClock } from '../../idle-clock/idle-clock.service';
import { readCustomers, stateOf, subjectOf } from '../../changes';

/** Why customers are (not) reclaimed, from the facts as they are now. */
@Injectable()
export class ClockExplanations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly idleClock: IdleClock,
    private readonly clock: Clock,
  ) {}

  /** @returns in the order of `refs`; null for what nobody owns */
  async of(refs: readonly CustomerRef[]): Promise<(ClockExplanation | null)[]> {
    const { manager } = this.dataSource;
    const rows = await readCustomers(manager, [...refs]);
    const subjects = [...rows.values()].flatMap((row) => subjectOf(row, stateOf(row)) ?? []);
    const readings = await this.idleClock.read(manager, subjects, this.clock.now());
    return refs.map((ref) => (rows.has(customerKey(ref)) ? (readings.get(ref.recordId)?.explanation ?? null) : null));
  }
}
