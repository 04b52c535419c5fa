import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { fenceOf } from '../domain/change/told';
import type { OwnershipEventType } from '../domain/customer/customer';
import { IdleClock } from '../idle-clock/idle-clock.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { beforeOf, type CustomerChange, stateOf } from './customer-change';
import { type DecidedStep, stepsOf } from './decided-step';
import { memberNames } from './member.queries';
import { removedMembers } from './observation.queries';
import { updateProtection } from './protection.queries';
import { updateStates } from './state.queries';

/** A retry of a lease shortly before its end must not overlap with the resolver's. */
const leaseMarginSeconds = 5;

/** Writes decided changes in the transaction that decided them: state, history and the pending write, or none of them. */
@Injectable()
export class ChangeWriter {
  constructor(
    private readonly idleClock: IdleClock,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /** How long whoever decides a change alone may tell Twenty of it, in seconds. */
  get leaseSeconds(): number {
    return this.config.leaseSeconds + this.config.commandWaitMs / 1000 + leaseMarginSeconds;
  }

  /**
   * Whatever changes a customer comes by here, so the reclaim date is always that of the new state.
   * @param changes of customers that the transaction has locked and that have no open write
   * @param commandId whose answer waits for it: a command's or a job's
   * @returns the writes that Twenty is to be told of after the commit, in the order of the changes
   * @throws TransitionError
   */
  async write(
    manager: EntityManager,
    changes: CustomerChange[],
    { commandId }: { commandId: string | null },
  ): Promise<PendingWriteEntity[]> {
    if (changes.length === 0) return [];
    const gone = await removedMembers(manager);
    const steps = await stepsOf(manager, this.idleClock, changes, { gone, now: this.clock.now() });
    const events = await insertEvents(manager, steps);
    const writes = steps.flatMap(
      (decided, index) => pendingWrite(decided, events[index] ?? null, { commandId, gone }) ?? [],
    );
    await insertAll(manager, PendingWriteEntity, writes, {
      createdAt: () => 'clock_timestamp()',
      leasedUntil: () => `clock_timestamp() + make_interval(secs => ${this.leaseSeconds})`,
    });
    await updateStates(manager, steps, new Map(writes.map((write) => [write.recordId, write.id])));
    await updateProtection(manager, steps);
    return writes;
  }
}

async function insertEvents(manager: EntityManager, steps: DecidedStep[]): Promise<(OwnershipEventEntity | null)[]> {
  const names = await memberNames(
    manager,
    steps.flatMap(({ customer, event }) => (event ? [fromOf(customer, event), event.toId, event.actorId] : [])),
  );
  const events = steps.map((decided) => historyLine(decided, names));
  await insertAll(
    manager,
    OwnershipEventEntity,
    events.filter((event) => event !== null),
  );
  return events;
}

interface WriteContext {
  commandId: string | null;
  gone: ReadonlySet<string>;
}

function pendingWrite(
  { customer, event, told, protection }: DecidedStep,
  line: OwnershipEventEntity | null,
  { commandId, gone }: WriteContext,
): PendingWriteEntity | null {
  if (!event || !told) return null;
  const isRevert = event.type === 'REVERTED';
  // A member who was removed was taken off their customers by Twenty.
  const owner = isRevert ? fromOf(customer, event) : gone.has(customer.ownerId ?? '') ? null : customer.ownerId;
  return Object.assign(new PendingWriteEntity(), {
    id: randomUUID(),
    kind: isRevert ? 'REVERT' : 'COMMAND',
    commandId: isRevert ? null : commandId,
    eventId: line?.id ?? null,
    object: customer.object,
    recordId: customer.recordId,
    fence: fenceOf(customer.shown, owner, told),
    data: told,
    before: {
      ...stateOf(customer),
      ...(protection ? { isLocked: customer.isLocked, protectedUntil: customer.protectedUntil } : {}),
    },
    attempts: 0,
    settledAt: null,
    lastError: null,
  });
}

/** Events that an undo may have to go back from say what was before them. */
const saysBefore: ReadonlySet<OwnershipEventType> = new Set([
  'ROUTED',
  'CLAIMED',
  'RELEASED',
  'RECLAIMED',
  'ASSIGNED',
  'REASSIGNED',
  'OFFBOARDED',
  'ARCHIVED',
  'RESTORED',
]);

function historyLine({ customer, event, told }: DecidedStep, names: Map<string, string>): OwnershipEventEntity | null {
  if (!event) return null;
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null);
  const fromId = fromOf(customer, event);
  const before = told && saysBefore.has(event.type) ? { before: beforeOf(customer) } : {};
  const facts = { ...before, ...event.facts };
  return Object.assign(new OwnershipEventEntity(), {
    id: event.id ?? randomUUID(),
    state: told ? 'PENDING' : 'CONFIRMED',
    type: event.type,
    object: customer.object,
    recordId: customer.recordId,
    fromId,
    fromName: nameOf(fromId),
    toId: event.toId,
    toName: nameOf(event.toId),
    actorId: event.actorId,
    actorName: nameOf(event.actorId),
    isSystem: event.actorId === null,
    poolId: event.poolId,
    reason: event.reason ?? null,
    note: event.note ?? null,
    rule: event.rule ?? null,
    facts: Object.keys(facts).length > 0 ? facts : null,
    batchId: event.batchId,
    at: event.at,
    mirroredAt: null,
  });
}

function fromOf(customer: CustomerEntity, event: OwnershipEvent): string | null {
  return event.fromId === undefined ? customer.ownerId : event.fromId;
}

/** PostgreSQL takes 65,535 parameters a statement; 500 rows of these tables stay well below. */
const rowsPerInsert = 500;

async function insertAll<T extends object>(
  manager: EntityManager,
  entity: new () => T,
  rows: T[],
  byDatabase: Record<string, () => string> = {},
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows.slice(start, start + rowsPerInsert).map((row) => ({ ...row, ...byDatabase })))
      .updateEntity(false)
      .execute();
  }
}
