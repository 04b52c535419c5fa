import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { IdleClock } from '../idle-clock/idle-clock.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { type ClockedChange, withClock } from './clocked-change';
import type { CustomerChange, NewEvent } from './customer-change';
import { stateOf } from './customer-change';
import { memberNames } from './member.queries';
import { removedMembers } from './observation.queries';
import { updateProtection } from './protection.queries';
import { updateStates } from './state.queries';

export interface WriteOptions {
  commandId: string | null;
  /** How long this process alone may tell Twenty. */
  leaseSeconds: number;
}

/** Writes decided changes in the transaction that decided them: state, history and the pending write, or none of them. */
@Injectable()
export class ChangeWriter {
  constructor(
    private readonly idleClock: IdleClock,
    private readonly clock: Clock,
  ) {}

  /**
   * Whatever changes a customer comes by here, so the reclaim date is always that of the new state.
   * @param changes of customers that the transaction has locked and that have no open write of a command
   * @returns the writes that Twenty is to be told of after the commit, in the order of the changes
   */
  async write(manager: EntityManager, decided: CustomerChange[], options: WriteOptions): Promise<PendingWriteEntity[]> {
    if (decided.length === 0) return [];
    const now = await databaseTime(manager);
    const present = withoutGone(decided, await removedMembers(manager));
    const changes = await withClock(manager, this.idleClock, present, this.clock.now());
    const events = await this.insertEvents(manager, changes);
    const earlier = await this.supersede(manager, changes);
    const writes = changes.flatMap(
      (change, index) => pendingWrite(change, events[index] ?? null, earlier, now, options) ?? [],
    );
    await insertAll(manager, PendingWriteEntity, writes);
    await updateStates(manager, changes, new Map(writes.map((write) => [write.recordId, write.id])));
    await updateProtection(manager, changes);
    return writes;
  }

  private async insertEvents(
    manager: EntityManager,
    changes: CustomerChange[],
  ): Promise<(OwnershipEventEntity | null)[]> {
    const names = await memberNames(
      manager,
      changes.flatMap(({ event }) => (event ? [event.fromId, event.toId, event.actorId] : [])),
    );
    const events = changes.map(({ customer, event }) => (event ? ownershipEvent(customer, event, names) : null));
    await insertAll(
      manager,
      OwnershipEventEntity,
      events.filter((event) => event !== null),
    );
    return events;
  }

  /**
   * An open write that is no command's only brings derived fields up to date; the new write takes over what it would have
   * said. @returns the superseded writes by id
   */
  private async supersede(manager: EntityManager, changes: CustomerChange[]): Promise<Map<string, PendingWriteEntity>> {
    const ids = changes.flatMap(({ customer, write }) => (write && customer.writeId ? [customer.writeId] : []));
    if (ids.length === 0) return new Map();
    await manager.query(
      'UPDATE pending_write SET settled_at = clock_timestamp() WHERE id = ANY($1) AND settled_at IS NULL',
      [ids],
    );
    return new Map((await manager.findBy(PendingWriteEntity, { id: In(ids) })).map((write) => [write.id, write]));
  }
}

/** Twenty empties relations to a member who is removed, and takes no new ones; the history keeps who it was. */
function withoutGone(changes: CustomerChange[], gone: Set<string>): CustomerChange[] {
  if (gone.size === 0) return changes;
  return changes.map((change) => {
    if (!gone.has(change.after.formerOwnerId ?? '')) return change;
    const write =
      change.write && 'formerOwnerId' in change.write.data
        ? { ...change.write, data: { ...change.write.data, formerOwnerId: null } }
        : change.write;
    return { ...change, after: { ...change.after, formerOwnerId: null }, write };
  });
}

function pendingWrite(
  { customer, write, protection }: ClockedChange,
  event: OwnershipEventEntity | null,
  earlier: Map<string, PendingWriteEntity>,
  now: Date,
  { commandId, leaseSeconds }: WriteOptions,
): PendingWriteEntity | null {
  if (!write) return null;
  return Object.assign(new PendingWriteEntity(), {
    id: randomUUID(),
    kind: write.kind,
    commandId: write.kind === 'COMMAND' ? commandId : null,
    eventId: event?.state === 'PENDING' ? event.id : null,
    object: customer.object,
    recordId: customer.recordId,
    expectedOwners: write.expectedOwners,
    data: { ...earlier.get(customer.writeId ?? '')?.data, ...write.data },
    before: {
      ...stateOf(customer),
      ...(protection ? { isLocked: customer.isLocked, protectedUntil: customer.protectedUntil } : {}),
    },
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
    id: event.id ?? randomUUID(),
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
    rule: event.rule ?? null,
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
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(start, start + rowsPerInsert))
      .updateEntity(false)
      .execute();
  }
}

async function databaseTime(manager: EntityManager): Promise<Date> {
  const [row] = (await manager.query('SELECT clock_timestamp() AS now')) as { now: Date }[];
  return row?.now ?? new Date();
}
