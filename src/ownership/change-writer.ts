import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { type CustomerChange, type NewEvent, stateOf } from './customer-change';
import { memberNames } from './member.queries';

export interface WriteOptions {
  commandId: string | null;
  /** How long this process alone may tell Twenty. */
  leaseSeconds: number;
}

/** Writes decided changes in the transaction that decided them: state, history and the pending write, or none of them. */
@Injectable()
export class ChangeWriter {
  /**
   * @param changes of customers that the transaction has locked and that have no open write of a command
   * @returns the writes that Twenty is to be told of after the commit, in the order of the changes
   */
  async write(manager: EntityManager, changes: CustomerChange[], options: WriteOptions): Promise<PendingWriteEntity[]> {
    if (changes.length === 0) return [];
    const now = await databaseTime(manager);
    const events = await this.insertEvents(manager, changes);
    const writes = changes.flatMap((change, index) => pendingWrite(change, events[index] ?? null, now, options) ?? []);
    await this.supersede(manager, changes);
    await insertAll(manager, PendingWriteEntity, writes);
    await updateStates(manager, changes, new Map(writes.map((write) => [write.recordId, write.id])));
    return writes;
  }

  private async insertEvents(manager: EntityManager, changes: CustomerChange[]): Promise<(OwnershipEventEntity | null)[]> {
    const names = await memberNames(manager, changes.flatMap(({ event }) => (event ? [event.fromId, event.toId, event.actorId] : [])));
    const events = changes.map(({ customer, event }) => (event ? ownershipEvent(customer, event, names) : null));
    await insertAll(manager, OwnershipEventEntity, events.filter((event) => event !== null));
    return events;
  }

  /** An open write that is no command's only brings derived fields up to date; the new one says all that it would have said. */
  private async supersede(manager: EntityManager, changes: CustomerChange[]): Promise<void> {
    const superseded = changes.flatMap(({ customer, write }) => (write && customer.writeId ? [customer.writeId] : []));
    if (superseded.length === 0) return;
    await manager.query('UPDATE pending_write SET settled_at = clock_timestamp() WHERE id = ANY($1) AND settled_at IS NULL', [superseded]);
  }
}

function pendingWrite(
  { customer, write }: CustomerChange,
  event: OwnershipEventEntity | null,
  now: Date,
  { commandId, leaseSeconds }: WriteOptions,
): PendingWriteEntity | null {
  if (!write) return null;
  return Object.assign(new PendingWriteEntity(), {
    id: randomUUID(),
    kind: write.kind,
    commandId,
    eventId: event?.state === 'PENDING' ? event.id : null,
    object: customer.object,
    recordId: customer.recordId,
    expectedOwners: write.expectedOwners,
    data: write.data,
    before: stateOf(customer),
    attempts: 0,
    leasedUntil: new Date(now.getTime() + leaseSeconds * 1000).toISOString(),
    createdAt: now.toISOString(),
    settledAt: null,
    lastError: null,
  });
}

function ownershipEvent(customer: CustomerEntity, event: NewEvent, names: Map<string, string>): OwnershipEventEntity {
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  return Object.assign(new OwnershipEventEntity(), {
    id: randomUUID(),
    state: event.state,
    type: event.type,
    object: customer.object,
    recordId: customer.recordId,
    fromId: event.fromId,
    fromName: nameOf(event.fromId),
    toId: event.toId,
    toName: nameOf(event.toId),
    actorId: event.actorId,
    actorName: nameOf(event.actorId),
    isSystem: event.actorId === null,
    poolId: event.poolId,
    reason: event.reason ?? null,
    note: event.note ?? null,
    rule: null,
    facts: event.facts ?? null,
    batchId: event.batchId,
    at: event.at,
    mirroredAt: null,
  });
}

/** PostgreSQL takes 65,535 parameters a statement; 500 rows of these tables stay well below. */
const rowsPerInsert = 500;

async function insertAll<T extends object>(manager: EntityManager, entity: new () => T, rows: T[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await manager.createQueryBuilder().insert().into(entity).values(rows.slice(start, start + rowsPerInsert)).updateEntity(false).execute();
  }
}

async function databaseTime(manager: EntityManager): Promise<Date> {
  const [row] = (await manager.query('SELECT clock_timestamp() AS now')) as { now: Date }[];
  return row?.now ?? new Date();
}

async function updateStates(manager: EntityManager, changes: CustomerChange[], writeIds: Map<string, string>): Promise<void> {
  const rows = changes.map(({ customer, after }) => ({
    object: customer.object,
    record_id: customer.recordId,
    status: after.status,
    pool_id: after.poolId,
    owner_id: after.ownerId,
    former_owner_id: after.formerOwnerId,
    owned_since: after.ownedSince,
    pooled_since: after.pooledSince,
    last_activity_at: after.lastActivityAt,
    reclaim_on: after.reclaimOn,
    reclaim_rule: after.reclaimRule,
    write_id: writeIds.get(customer.recordId) ?? customer.writeId,
  }));
  await manager.query(
    `UPDATE customer c
        SET status = x.status, pool_id = x.pool_id, owner_id = x.owner_id, former_owner_id = x.former_owner_id,
            owned_since = x.owned_since, pooled_since = x.pooled_since, last_activity_at = x.last_activity_at,
            reclaim_on = x.reclaim_on, reclaim_rule = x.reclaim_rule, write_id = x.write_id, touched_at = clock_timestamp()
       FROM jsonb_to_recordset($1::jsonb) AS x(
            object text, record_id uuid, status text, pool_id uuid, owner_id uuid, former_owner_id uuid,
            owned_since timestamptz, pooled_since timestamptz, last_activity_at timestamptz,
            reclaim_on date, reclaim_rule text, write_id uuid)
      WHERE c.object = x.object AND c.record_id = x.record_id`,
    [JSON.stringify(rows)],
  );
}
