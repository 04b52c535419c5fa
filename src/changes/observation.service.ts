import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { type CustomerObject, customerKey } from '../domain/customer/customer';
import { matchKeys } from '../domain/duplicates/match-keys';
import { decideObservation } from '../domain/customer/decide-observation';
import type { Pool } from '../domain/pool/pool-policy';
import { markCustomers } from '../idle-clock';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { WorkspaceEntity } from '../storage/entities/workspace.entity';
import type { CustomerRecord } from '../twenty/records/twenty.types';
import { ChangeWriter } from './change-writer';
import { type CustomerChange, shownOf, stateOf } from './customer-change';
import { lockCustomers } from './customer-locks';
import { putBackUnshown } from './projection.queries';
import {
  beingOffboarded,
  markCompanyMoves,
  poolsThatAskTwenty,
  recentReverts,
  removedMembers,
  requestReread,
} from './observation.queries';

export interface Reading {
  records: CustomerRecord[];
  /** Database time before Twenty was asked: what the engine decided since then is newer than the reading. */
  startedAt: Date;
  /** Where routing sends records that have no pool, by record id. */
  routes: ReadonlyMap<string, string>;
}

/** Takes what Twenty shows into the index, and decides what an edit made elsewhere means. */
@Injectable()
export class ObservationService {
  private readonly logger = new Logger(ObservationService.name);

  constructor(
    private readonly changeWriter: ChangeWriter,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** @returns writes that Twenty is to be told of after the commit */
  async apply(manager: EntityManager, reading: Reading): Promise<PendingWriteEntity[]> {
    if (reading.records.length === 0) return [];
    await insertUnknown(manager, reading.records);
    const rows = await lockCustomers(
      manager,
      reading.records.map(({ object, id }) => ({ object, recordId: id })),
    );
    const { fresh, overtaken } = inOrder(reading, rows);
    await requestReread(manager, overtaken);
    await markCompanyMoves(manager, fresh);
    await markTouchedClocks(manager, fresh, rows);
    await updatePlainFields(manager, fresh, reading.startedAt);
    for (const record of fresh) Object.assign(rows.get(keyOf(record)) ?? {}, { shown: shownOf(record) });
    const changes = await this.decide(manager, fresh, reading.routes, rows);
    const writes = await this.changeWriter.write(manager, changes, { commandId: null });
    const changed = new Set(changes.map(({ customer }) => customer.recordId));
    await putBackUnshown(
      manager,
      fresh.filter(({ id }) => !changed.has(id)).map(({ object, id }) => ({ object, recordId: id })),
    );
    return writes;
  }

  private async decide(
    manager: EntityManager,
    records: CustomerRecord[],
    routes: ReadonlyMap<string, string>,
    rows: Map<string, CustomerEntity>,
  ): Promise<CustomerChange[]> {
    const now = this.clock.now();
    const pools = await this.pools.all(manager);
    const { DIRECT_EDITS } = await this.settings.current(manager);
    const present = records.filter(({ deletedAt }) => deletedAt === null);
    const recent = await recentReverts(
      manager,
      present.map(({ id }) => id),
    );
    const gone = await removedMembers(manager);
    const handedOver =
      gone.size > 0
        ? await beingOffboarded(
            manager,
            present.map(({ id }) => id),
          )
        : new Set<string>();
    const indexedSince = (await manager.findOne(WorkspaceEntity, { where: {} }))?.indexedSince ?? now;

    return present.flatMap((record): CustomerChange[] => {
      const customer = rows.get(keyOf(record));
      // A leaver's customer that Twenty has emptied waits for the job that gives it to the successor.
      if (!customer || (handedOver.has(record.id) && record.ownerId === null)) return [];
      const { event, takenOver, leftAlone } = decideObservation(
        stateOf(customer),
        { ...record, changedBy: record.updatedBy?.workspaceMemberId ?? null },
        {
          homePoolIsGone: customer.poolId !== null && !pools.has(customer.poolId),
          recordPoolFits: fits(pools.get(record.poolId ?? ''), record.object),
          routedPoolId: routes.get(record.id) ?? null,
          directEdits: DIRECT_EDITS,
          recentReverts: recent.get(record.id) ?? 0,
          ownerWasRemoved: customer.ownerId !== null && gone.has(customer.ownerId),
          ownedAtLeastSince: record.createdAt < indexedSince ? indexedSince : now,
          now,
        },
      );
      if (leftAlone)
        this.logger.warn(
          { object: record.object, recordId: record.id },
          'Edited again and again; the engine leaves this record as it is',
        );
      if (event) return [{ customer, event: { ...event, batchId: null } }];
      return takenOver ? [{ customer, takenOver }] : [];
    });
  }
}

/**
 * Readings count in the order in which they were made, whatever Twenty's clock says of the records: one that was begun before
 * the engine decided or read something newer must not count, and its records are read again.
 */
function inOrder(
  { records, startedAt }: Reading,
  rows: Map<string, CustomerEntity>,
): { fresh: CustomerRecord[]; overtaken: CustomerRecord[] } {
  const fresh: CustomerRecord[] = [];
  const overtaken: CustomerRecord[] = [];
  for (const record of records) {
    const row = rows.get(keyOf(record));
    if (!row) continue;
    // A row that was only just inserted for this reading has never been read.
    const isLate = row.readAt !== null && (isSince(row.readAt, startedAt) || isSince(row.touchedAt, startedAt));
    if (row.writeId === null && !isLate) fresh.push(record);
    else if (row.writeId !== null || record.updatedAt !== row.twentyUpdatedAt) overtaken.push(record);
  }
  return { fresh, overtaken };
}

function isSince(instant: string, startedAt: Date): boolean {
  return Date.parse(instant) >= startedAt.getTime();
}

function fits(pool: Pool | undefined, object: CustomerObject): boolean {
  if (!pool) return false;
  return object === 'COMPANY' ? pool.policy.managesCompanies : pool.policy.managesPeople;
}

function keyOf(record: CustomerRecord): string {
  return customerKey({ object: record.object, recordId: record.id });
}

/**
 * Unknown records begin unmanaged; the decision that follows takes them under management. A quiet period is the engine's own:
 * a new index has it from the history.
 */
async function insertUnknown(manager: EntityManager, records: CustomerRecord[]): Promise<void> {
  await manager.query(
    `INSERT INTO customer (object, record_id, owner_id, touched_at, quiet_until)
     SELECT x.object, x.record_id, x.owner_id, clock_timestamp(),
            (SELECT (e.facts->>'quietUntil')::date FROM ownership_event e
              WHERE e.object = x.object AND e.record_id = x.record_id AND e.type = 'HELD' AND e.facts ? 'quietUntil'
              ORDER BY e.at DESC, e.seq DESC LIMIT 1)
       FROM jsonb_to_recordset($1::jsonb) AS x(object text, record_id uuid, owner_id uuid)
      ORDER BY x.object, x.record_id
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(records.map(({ object, id, ownerId }) => ({ object, record_id: id, owner_id: ownerId })))],
  );
}

async function updatePlainFields(manager: EntityManager, records: CustomerRecord[], startedAt: Date): Promise<void> {
  const rows = records.map((record) => ({
    object: record.object,
    record_id: record.id,
    name: record.name,
    is_locked: record.isLocked,
    protected_until: record.protectedUntil,
    company_id: record.companyId,
    match_keys: matchKeys(record.object, record),
    is_deleted: record.deletedAt !== null,
    twenty_updated_at: record.updatedAt,
    shown: shownOf(record),
  }));
  await manager.query(
    `UPDATE customer c
        SET name = x.name, is_locked = x.is_locked, protected_until = x.protected_until, company_id = x.company_id,
            duplicates_stale = c.duplicates_stale OR c.match_keys <> x.match_keys OR c.is_deleted <> x.is_deleted,
            match_keys = x.match_keys, is_deleted = x.is_deleted, twenty_updated_at = x.twenty_updated_at,
            shown = x.shown, read_at = least($2, clock_timestamp())
       FROM jsonb_to_recordset($1::jsonb) AS x(
            object text, record_id uuid, name text, is_locked boolean, protected_until timestamptz, company_id uuid,
            match_keys text[], is_deleted boolean, twenty_updated_at timestamptz, shown jsonb)
      WHERE c.object = x.object AND c.record_id = x.record_id`,
    [JSON.stringify(rows), startedAt],
  );
}

/**
 * Clocks are looked at again when protection changes, when a person moves to another company, and, in pools whose clock
 * depends on the record's own fields, at any change.
 */
async function markTouchedClocks(
  manager: EntityManager,
  records: CustomerRecord[],
  rows: Map<string, CustomerEntity>,
): Promise<void> {
  const askingPools = new Set(await poolsThatAskTwenty(manager));
  const touched = records.filter((record) => {
    const row = rows.get(keyOf(record));
    return (
      row &&
      (row.isLocked !== record.isLocked ||
        row.protectedUntil !== record.protectedUntil ||
        row.companyId !== record.companyId ||
        askingPools.has(row.poolId ?? ''))
    );
  });
  await markCustomers(
    manager,
    touched.map(({ object, id }) => ({ object, recordId: id })),
  );
}
