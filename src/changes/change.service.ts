import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { requireIndex, shareIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import type { Priority } from '../twenty/records/twenty.types';
import { ChangeWriter } from './change-writer';
import type { CustomerChange } from './customer-change';
import { lockCustomers, lockMembers } from './customer-locks';
import { lockMatchKeys } from './match-key-locks';
import { PendingWritesService } from './pending-writes.service';

/** What a decision is about, and so what it locks. */
export interface ChangeScope {
  refs: readonly CustomerRef[];
  /** Members whose limits it looks at. */
  memberIds?: readonly string[];
  /** Of which customers it must be certain that nobody takes a duplicate meanwhile. */
  matchKeysOf?: readonly CustomerRef[];
}

export interface DecisionInput {
  manager: EntityManager;
  /** Locked, by `customerKey`; deleted ones too. */
  customers: Map<string, CustomerEntity>;
  /** Record ids whose last decision Twenty has not confirmed yet: not to be decided again. */
  inFlight: ReadonlySet<string>;
  /** ISO instant. */
  now: string;
}

/** Whoever feeds the five steps: a person, a bulk operation, a timer. */
export interface ChangeFeed<T, S extends ChangeScope = ChangeScope> {
  /** `COMPLETE`: the index must have been read to its end. `STEADY`: nobody may be rebuilding it. */
  gate: 'COMPLETE' | 'STEADY';
  /** Takes the locks that come before all others (its own row, a pool's), and says what it is about; null: there is nothing to do. */
  scope: (manager: EntityManager) => Promise<S | null>;
  decide: (input: DecisionInput, scope: S) => Promise<{ changes: CustomerChange[]; answer: T }>;
  /** In the same transaction, once the changes are written. */
  after?: (
    manager: EntityManager,
    decided: { changes: CustomerChange[]; answer: T; writes: PendingWriteEntity[] },
    scope: S,
  ) => Promise<void>;
  /** A command's or a job's: what waits for the writes. */
  commandId?: string;
}

/**
 * The five steps of every change of ownership (docs/architecture.md), once for all who feed them: know who asks; decide under
 * locks, with the new state, the history and the pending write in one transaction; tell Twenty; settle; show the rest. Dying
 * anywhere leaves either nothing or a pending write that the resolver finishes.
 *
 * What decides: locks are taken in one order (the index's gate, the feed's own row or the pool's, members by id, match keys,
 * customers by object and id, writes), so no two transactions wait for each other; the member's row keeps limits, the
 * customer's row keeps it with one.
 */
@Injectable()
export class ChangeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changeWriter: ChangeWriter,
    private readonly pendingWrites: PendingWritesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides, and pushes to Twenty what was decided.
   * @returns null when there was nothing to do
   * @throws IndexBusyError
   */
  async change<T, S extends ChangeScope>(feed: ChangeFeed<T, S>, priority: Priority = 'background'): Promise<T | null> {
    const decided = await this.decide(feed);
    if (!decided) return null;
    await this.pendingWrites.push(decided.writes, priority);
    return decided.answer;
  }

  /**
   * The first half: what it returns is in the index, and Twenty is still to be told.
   * @throws IndexBusyError
   */
  async decide<T, S extends ChangeScope>(
    feed: ChangeFeed<T, S>,
  ): Promise<{ answer: T; writes: PendingWriteEntity[] } | null> {
    return inTransaction(this.dataSource, async (manager) => {
      await (feed.gate === 'COMPLETE' ? requireIndex(manager) : shareIndex(manager));
      const scope = await feed.scope(manager);
      if (!scope) return null;
      if (scope.memberIds && scope.memberIds.length > 0) await lockMembers(manager, [...scope.memberIds]);
      if (scope.matchKeysOf) await lockMatchKeys(manager, [...scope.matchKeysOf]);
      const customers = await lockCustomers(manager, [...scope.refs]);
      const inFlight = new Set(
        [...customers.values()].flatMap(({ writeId, recordId }) => (writeId === null ? [] : [recordId])),
      );
      const decided = await feed.decide({ manager, customers, inFlight, now: this.clock.now() }, scope);
      const writes = await this.changeWriter.write(manager, decided.changes, { commandId: feed.commandId ?? null });
      await feed.after?.(manager, { ...decided, writes }, scope);
      return { answer: decided.answer, writes };
    });
  }
}

/** The locked customer, unless Twenty has deleted it. */
export function lookUp(customers: ReadonlyMap<string, CustomerEntity>, ref: CustomerRef): CustomerEntity | null {
  const customer = customers.get(customerKey(ref));
  return customer && !customer.isDeleted ? customer : null;
}
