import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import type { CustomerObject } from '../domain/customer/customer';
import { ObservationService } from '../changes/observation.service';
import { PendingWritesService } from '../changes/pending-writes.service';
import { Projection } from '../changes/projection.service';
import { shareIndex } from '../storage/engine-lock';
import { whenAlone } from '../storage/exclusive';
import { inTransaction } from '../storage/transaction';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { withOverlap } from '../twenty/client/read-changes';
import { inBatches, TWENTY_BATCH } from '../twenty/client/twenty.limits';
import type { CustomerRecord, RecordCursor } from '../twenty/records/twenty.types';
import {
  databaseTime,
  hasOwnerEmptied,
  markDestroyed,
  requestedRereads,
  rereadDone,
  unmanagedOf,
  unseenSince,
} from './customers-sync.queries';
import { MembersSync } from './members-sync.service';
import { RoutingService } from '../pools/routing.service';
import { markRead, moveCursor, readCursor, type Source } from './sync-cursor.queries';

const sourceOf: Record<CustomerObject, Source> = { COMPANY: 'companies', PERSON: 'people' };

const pageSize = 1000;
const askAgainMs = 100;

/** Keeps the index in line with Twenty's companies and people. The cursor is what is relied on; webhooks make it sooner. */
@Injectable()
export class CustomersSync {
  private readonly logger = new Logger(CustomersSync.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: CustomerRecords,
    private readonly observation: ObservationService,
    private readonly pendingWrites: PendingWritesService,
    private readonly projection: Projection,
    private readonly routing: RoutingService,
    private readonly members: MembersSync,
    private readonly clock: Clock,
  ) {}

  /** Reads what changed since the last time, and what was asked to be read again. @throws TwentyError */
  async sync(object: CustomerObject): Promise<void> {
    await this.readRequested(object);
    await whenAlone(this.dataSource, `sync ${object}`, () => this.readChanged(object));
  }

  /**
   * docs/semantics.md#fresh-knowledge: waits for whoever is reading, and reads what that reading may have missed.
   * @param instant ISO, engine time: what was changed before it is known afterwards
   * @throws TwentyError
   */
  async readUpTo(object: CustomerObject, instant: string): Promise<void> {
    const catchUp = async () => {
      const { completeAt } = await readCursor(this.dataSource.manager, sourceOf[object]);
      if (completeAt === null || completeAt < instant) await this.readChanged(object);
      return true;
    };
    while (!(await whenAlone(this.dataSource, `sync ${object}`, catchUp)))
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }

  /**
   * Reads everything. What Twenty no longer has at all is found out only by this: a destroyed record leaves no trace.
   * @throws TwentyError
   */
  async reconcile(object: CustomerObject): Promise<void> {
    const startedAt = await databaseTime(this.dataSource.manager);
    const seen = await this.readFrom(object, null);
    if (seen.size === 0) return;
    const unseen = (await unseenSince(this.dataSource.manager, object, startedAt)).filter((id) => !seen.has(id));
    for (const ids of inBatches(unseen)) await this.readByIds(object, ids);
  }

  private async readChanged(object: CustomerObject): Promise<void> {
    const source = sourceOf[object];
    const startedAt = this.clock.now();
    const { position, completeAt } = await readCursor(this.dataSource.manager, source);
    await this.readFrom(object, withOverlap(position, completeAt), async (cursor) => {
      const isAhead =
        !position ||
        cursor.updatedAt > position.updatedAt ||
        (cursor.updatedAt === position.updatedAt && cursor.id > position.id);
      if (isAhead) await moveCursor(this.dataSource.manager, source, cursor);
    });
    await markRead(this.dataSource.manager, source, startedAt);
  }

  private async readFrom(
    object: CustomerObject,
    from: RecordCursor | null,
    onPage?: (cursor: RecordCursor) => Promise<void>,
  ): Promise<Set<string>> {
    const seen = new Set<string>();
    for (let cursor = from; ;) {
      const startedAt = await databaseTime(this.dataSource.manager);
      const page = await this.records.readChanged(object, cursor, { priority: 'background', pageSize });
      await this.observe(object, page.records, startedAt);
      for (const { id } of page.records) seen.add(id);
      if (page.cursor && page.records.length > 0) await onPage?.(page.cursor);
      if (page.done) return seen;
      cursor = page.cursor;
    }
  }

  private async readRequested(object: CustomerObject): Promise<void> {
    for (;;) {
      const requests = await requestedRereads(this.dataSource.manager, object, TWENTY_BATCH);
      if (requests.length === 0) return;
      await this.readByIds(
        object,
        requests.map(({ recordId }) => recordId),
      );
      await rereadDone(this.dataSource.manager, object, requests);
      if (requests.length < TWENTY_BATCH) return;
    }
  }

  private async readByIds(object: CustomerObject, ids: string[]): Promise<void> {
    const startedAt = await databaseTime(this.dataSource.manager);
    const records = await this.records.readByIds(object, ids, { priority: 'background' });
    await this.observe(object, records, startedAt);
    const found = new Set(records.map(({ id }) => id));
    const destroyed = ids.filter((id) => !found.has(id));
    if (destroyed.length > 0) await markDestroyed(this.dataSource.manager, object, destroyed, startedAt);
  }

  private async observe(object: CustomerObject, records: CustomerRecord[], startedAt: Date): Promise<void> {
    // Twenty empties owners who leave without a word: whether this is that, or an edit, the members tell.
    if (
      await hasOwnerEmptied(
        this.dataSource.manager,
        object,
        records.filter(({ ownerId }) => ownerId === null).map(({ id }) => id),
      )
    )
      await this.members.sync();
    const unmanaged = await unmanagedOf(
      this.dataSource.manager,
      object,
      records.filter(needsRoute).map(({ id }) => id),
    );
    const routes = await this.routing.route(object, unmanaged);
    const writes = [];
    for (const batch of inBatches(records)) {
      writes.push(
        ...(await inTransaction(this.dataSource, async (manager) => {
          await shareIndex(manager);
          return this.observation.apply(manager, { records: batch, startedAt, routes });
        })),
      );
    }
    if (writes.length > 0) {
      this.logger.log({ object, writes: writes.length }, 'Taking direct edits back');
      await this.pendingWrites.push(writes, 'background');
    }
    await this.projection.run();
  }
}

function needsRoute({ deletedAt }: CustomerRecord): boolean {
  return deletedAt === null;
}
