import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../config/clock';
import type { CustomerRef } from '../domain/customer/customer';
import { StagedSelectionEntity } from '../storage/entities/staged-selection.entity';

const keptForMs = 60 * 60_000;

/** Hands a selection from a headless action to the form that opens beside it: for its member only, for an hour. */
@Injectable()
export class SelectionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async stage(memberId: string, customers: CustomerRef[]): Promise<string> {
    const now = this.clock.now();
    const id = randomUUID();
    await this.dataSource.manager.delete(StagedSelectionEntity, { expiresAt: LessThan(now) });
    const expiresAt = new Date(Date.parse(now) + keptForMs).toISOString();
    await this.dataSource.manager.insert(StagedSelectionEntity, { id, memberId, customers, expiresAt });
    return id;
  }

  /** @returns null when there is none for this member any more */
  async staged(memberId: string, id: string): Promise<CustomerRef[] | null> {
    const row = await this.dataSource.manager.findOneBy(StagedSelectionEntity, {
      id,
      memberId,
      expiresAt: MoreThan(this.clock.now()),
    });
    return row?.customers ?? null;
  }
}
