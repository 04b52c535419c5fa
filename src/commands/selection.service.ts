import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { v5 as uuidFromName } from 'uuid';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../config/clock';
import type { CustomerRef } from '../domain/customer/customer';
import { StagedSelectionEntity } from '../storage/entities/staged-selection.entity';

const keptForMs = 60 * 60_000;

/** Namespace of selections that a request id names. */
const requestNamespace = 'd5c7f0de-6a8e-4f55-9d1e-7a2c33b0c3c4';

/** Hands a selection from a headless action to the form that opens beside it: for its member only, for an hour. */
@Injectable()
export class SelectionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The same request id again gives the same selection. */
  async stage(memberId: string, customers: CustomerRef[], requestId: string | null): Promise<string> {
    const now = this.clock.now();
    const id = requestId === null ? randomUUID() : uuidFromName(`${memberId} ${requestId}`, requestNamespace);
    await this.dataSource.manager.delete(StagedSelectionEntity, { expiresAt: LessThan(now) });
    const expiresAt = new Date(Date.parse(now) + keptForMs).toISOString();
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(StagedSelectionEntity)
      .values({ id, memberId, customers, expiresAt })
      .orIgnore()
      .execute();
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
