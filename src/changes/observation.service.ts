import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { type CustomerObject, customerKey } from '../domain/customer/customer';
import { matchKeys } from '../domain/duplicates/match-keys';
import { decideObservation, type Observation } from '../domain/customer/decide-observation';
import type { Pool } from '../domain/pool/pool-policy';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { WorkspaceEntity } from '../storage/entities/workspace.entity';
import type { CustomerRecord } from '../twenty/records/twenty.types';
import { ChangeWriter } from './change-writer';
import { type CustomerChange, fieldsOf, stateOf } from './customer-change';
import { lockCustomers } from './customer-locks';
import {
  beingOffboarded,
  markCompanyMoves,
  poolsThatAskTwenty,
  recentInterventions,
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
    private readonly config: EngineConfig,
  ) {}

  /** @returns writes that Twenty is to be told of after the commit */
  async apply(manager: EntityManager, reading: Reading): Promise<PendingWriteEntity[]> {
    if (reading.records.length === 0) return [];
    await insertUnknown(manager, reading.records);
    const rows = await lockCustomers(
      manager,
      reading.records.map(({ object, id }) => ({ object, recordId: id })),
    );
    const { fresh, overtaken } = sortOut(reading, rows);
    await requestReread(manager, overtaken);
    await markCompanyMoves(manager, fresh);
    await updatePlainFields(manager, fresh, await poolsThatAskTwenty(manager));
    const changes = await this.decide(manager, fresh, reading.routes, rows);
    return this.changeWriter.write(manager, changes, { commandId: null, leaseSeconds: this.config.leaseSeconds });
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
    const recent = await recentInterventions(
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

    return present.flatMap((record) => {
      const customer = rows.get(keyOf(record));
      // A leaver's customer that Twenty has emptied waits for the job that gives it to the successor.
      if (!customer || (handedOver.has(record.id) && record.ownerId === null)) return [];
      const interventions = recent.get(record.id);
      const observation = decideObservation(
        stateOf(customer),
        { ...record, changedBy: record.updatedBy?.workspaceMemberId ?? null },
        {
          homePoolIsGone: customer.poolId !== null && !pools.has(customer.poolId),
          recordPoolFits: fits(pools.get(record.poolId ?? ''), record.object),
          routedPoolId: routes.get(record.id) ?? null,
          directEdits: DIRECT_EDITS,
          recentReverts: interventions?.reverts ?? 0,
          recentCorrections: interventions?.corrections ?? 0,
          ownerWasRemoved: customer.ownerId !== null && gone.has(customer.ownerId),
          ownedAtLeastSince: record.createdAt < indexedSince ? indexedSince : now,
          now,
        },
      );
      if (observation.leftAlone)
        this.logger.warn(
          { object: record.object, recordId: record.id },
          'Edited again and again; the engine leaves this record as it is',
        );
      return toChange(customer, record, observation, now);
    });
  }
}

function toChange(
  customer: CustomerEntity,
  record: CustomerRecord,
  { after, event, write }: Observation,
  now: string,
): CustomerChange[] {
  const before = stateOf(customer);
  const unchanged = Object.entries(after).every(([name, value]) => before[name as keyof typeof before] === value);
  if (unchanged && !event && !write) return [];
  return [
    {
      customer,
      after,
      event: event && {
        type: event.type,
        state: event.confirmed ? 'CONFIRMED' : 'PENDING',
        fromId: event.fromId,
        toId: event.toId,
        actorId: event.actorId,
        poolId: after.poolId,
        batchId: null,
        at: now,
      },
      write: write && { kind: write, expectedOwners: [record.ownerId], data: fieldsOf(after) },
    },
  ];
}

/** A reading may be older than what the engine has decided or read meanwhile; then it must not count. */
function sortOut(
  { records, startedAt }: Reading,
  rows: Map<string, CustomerEntity>,
): { fresh: CustomerRecord[]; overtaken: CustomerRecord[] } {
  const fresh: CustomerRecord[] = [];
  const overtaken: CustomerRecord[] = [];
  for (const record of records) {
    const row = rows.get(keyOf(record));
    if (!row || (row.twentyUpdatedAt !== null && record.updatedAt < row.twentyUpdatedAt)) continue;
    // A row that was only just inserted for this reading has no time of Twenty's yet.
    const decidedSince = row.twentyUpdatedAt !== null && Date.parse(row.touchedAt) >= startedAt.getTime();
    if (row.writeId !== null || decidedSince) overtaken.push(record);
    else fresh.push(record);
  }
  return { fresh, overtaken };
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

/**
 * Clocks are looked at again when protection changes, when a person moves to another company, and, in pools whose clock
 * depends on the record's own fields, at any change.
 */
async function updatePlainFields(
  manager: EntityManager,
  records: CustomerRecord[],
  askingPools: string[],
): Promise<void> {
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
    duplicate_of: record.duplicateOf,
  }));
  await manager.query(
    `UPDATE customer c
        SET name = x.name, is_locked = x.is_locked, protected_until = x.protected_until, company_id = x.company_id,
            duplicates_stale = c.duplicates_stale OR c.match_keys <> x.match_keys OR c.is_deleted <> x.is_deleted,
            duplicate_of = x.duplicate_of, match_keys = x.match_keys, is_deleted = x.is_deleted, twenty_updated_at = x.twenty_updated_at,
            clock_stale_since = CASE WHEN c.is_locked <> x.is_locked OR c.protected_until IS DISTINCT FROM x.protected_until
                                       OR c.company_id IS DISTINCT FROM x.company_id OR c.pool_id = ANY($2)
                                     THEN coalesce(c.clock_stale_since, clock_timestamp()) ELSE c.clock_stale_since END
       FROM jsonb_to_recordset($1::jsonb) AS x(
            object text, record_id uuid, name text, is_locked boolean, protected_until timestamptz, company_id uuid,
            match_keys text[], is_deleted boolean, twenty_updated_at timestamptz, duplicate_of text)
      WHERE c.object = x.object AND c.record_id = x.record_id`,
    [JSON.stringify(rows), askingPools],
  );
}
