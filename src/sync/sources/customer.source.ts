import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ObservationService } from '../../changes/observation.service';
import { PendingWritesService } from '../../changes/pending-writes.service';
import { Projection } from '../../changes/projection.service';
import type { CustomerObject } from '../../domain/customer/customer';
import { RoutingService } from '../../pools/routing.service';
import type { PendingWriteEntity } from '../../storage/entities/pending-write.entity';
import { CustomerRecords } from '../../twenty/records/customer-records.service';
import { versionsOf } from '../../twenty/records/activity-mapping';
import { inBatches } from '../../twenty/client/twenty.limits';
import type { CallOptions, CustomerRecord } from '../../twenty/records/twenty.types';
import { MembersSync } from '../members-sync.service';
import { databaseTime, hasOwnerEmptied, markDestroyed, unmanagedOf } from './customer.queries';
import type { FeedSource, SourceReading } from './feed-source';
import { strayCustomers } from './stray.queries';

/** Companies and people: what is observed about them, and what the engine has to tell Twenty because of it. */
@Injectable()
export class CustomerSources {
  private readonly logger = new Logger(CustomerSources.name);
  readonly company: FeedSource = this.sourceOf('COMPANY', 'company');
  readonly person: FeedSource = this.sourceOf('PERSON', 'person');

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: CustomerRecords,
    private readonly observation: ObservationService,
    private readonly pendingWrites: PendingWritesService,
    private readonly projection: Projection,
    private readonly routing: RoutingService,
    private readonly members: MembersSync,
  ) {}

  private sourceOf(object: CustomerObject, name: 'company' | 'person'): FeedSource {
    return {
      name: object,
      isOptional: false,
      objects: [name],
      batch: 1000,
      read: (ids, options) => this.read(object, name, ids, options),
      strays: (manager, after, limit) => strayCustomers(manager, object, after, limit),
    };
  }

  private async read(
    object: CustomerObject,
    name: 'company' | 'person',
    ids: readonly string[],
    options: CallOptions,
  ): Promise<SourceReading[]> {
    const startedAt = await databaseTime(this.dataSource.manager);
    const records = await this.records.readByIds(object, ids, options);
    const routes = await this.prepare(object, records);
    const found = new Map(records.map((record) => [record.id, record]));
    return inBatches(ids).map((batch) => {
      const present = batch.flatMap((id) => found.get(id) ?? []);
      const destroyed = batch.filter((id) => !found.has(id));
      let writes: PendingWriteEntity[] = [];
      return {
        ids: batch,
        versions: versionsOf(name, present),
        store: async (manager: EntityManager) => {
          writes = await this.observation.apply(manager, { records: present, startedAt, routes });
          if (destroyed.length > 0) await markDestroyed(manager, object, destroyed, startedAt);
        },
        afterwards: () => this.push(object, writes),
      };
    });
  }

  /** @returns where records that have no pool go, by record id */
  private async prepare(object: CustomerObject, records: CustomerRecord[]): Promise<ReadonlyMap<string, string>> {
    const { manager } = this.dataSource;
    // Twenty empties owners who leave without a word: whether this is that, or an edit, the members tell.
    const ownerless = records.filter(({ ownerId }) => ownerId === null).map(({ id }) => id);
    if (await hasOwnerEmptied(manager, object, ownerless)) await this.members.sync();
    const present = records.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id);
    return this.routing.route(object, await unmanagedOf(manager, object, present));
  }

  private async push(object: CustomerObject, writes: PendingWriteEntity[]): Promise<void> {
    if (writes.length > 0) {
      this.logger.log({ object, writes: writes.length }, 'Taking direct edits back');
      await this.pendingWrites.push(writes, 'background');
    }
    await this.projection.run();
  }
}
