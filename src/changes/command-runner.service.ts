import { Injectable, Logger } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { Refusal } from '../domain/refusal/refusal';
import { CommandEntity, type StoredOutcome } from '../storage/entities/command.entity';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { requireIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import type { ChangeCause } from '../domain/customer/acting-member';
import { ChangeWriter } from './change-writer';
import { recordsInFlight, waitForAnswer } from './command.queries';
import { type CustomerChange, toldVia } from './customer-change';
import { lockCustomers, lockMembers } from './customer-locks';
import { RequestIdReusedError } from './ownership.errors';
import { PendingWritesService } from './pending-writes.service';

export interface Command {
  kind: string;
  actorId: string;
  /** What acts for the actor, or in place of a command of theirs; the history says it. */
  via?: ChangeCause;
  requestId: string | null;
  /** Everything that makes this command this one and no other. */
  input: unknown;
  /** In the order given; each gets its outcome. */
  refs: CustomerRef[];
  /** Members whose limits the decision looks at; their rows are locked. */
  memberIds: string[];
  /** Locks to be had between those of the members and those of the customers. */
  beforeLocks?: (manager: EntityManager) => Promise<void>;
  /** Further customers that may change along with those asked for; read before the locks, decided under them. */
  followers?: (manager: EntityManager) => Promise<CustomerRef[]>;
  decide: (decision: DecisionInput) => Promise<CommandDecision>;
}

export interface DecisionInput {
  manager: EntityManager;
  /** Locked, by `customerKey`. */
  customers: Map<string, CustomerEntity>;
  /** Record ids whose last decision Twenty has not confirmed yet: not to be decided again. */
  inFlight: ReadonlySet<string>;
  batchId: string;
  /** ISO instant. */
  now: string;
}

export interface CommandDecision {
  /** One for each ref, in their order; null = granted. */
  refusals: (Refusal | null)[];
  changes: CustomerChange[];
}

export interface CommandAnswer {
  batchId: string;
  outcomes: StoredOutcome[];
}

/** A retry of a lease shortly before its end must not overlap with the resolver's. */
const leaseMarginSeconds = 5;

/**
 * The five steps of every change of ownership (architecture.md): decide under locks, with the new state, the history and
 * the pending write in one transaction; tell Twenty; settle. Dying anywhere leaves either nothing or a pending write that
 * the resolver finishes.
 *
 * What decides: the unique key of (actor, request id) for repeats, the member's row for limits, the customer's row for who
 * gets it, Twenty's conditional update for edits made there.
 */
@Injectable()
export class CommandRunner {
  private readonly logger = new Logger(CommandRunner.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly changeWriter: ChangeWriter,
    private readonly pendingWrites: PendingWritesService,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /**
   * @throws RequestIdReusedError
   * @throws IndexBusyError while the index is rebuilt
   */
  async run(command: Command): Promise<CommandAnswer> {
    const deadline = Date.now() + this.config.commandWaitMs;
    await this.waitForEarlierCommands(command.refs, deadline);
    const { id, writes, isRepeat } = await inTransaction(this.dataSource, (manager) => this.decide(manager, command));
    if (!isRepeat) await this.tellTwenty(writes, deadline);
    const outcomes = await waitForAnswer(this.dataSource, id, isRepeat || writes.length > 0 ? deadline : 0);
    return { batchId: id, outcomes };
  }

  private async decide(manager: EntityManager, command: Command): Promise<Decided> {
    const batchId = randomUUID();
    const inputHash = createHash('sha256')
      .update(JSON.stringify([command.kind, command.input]))
      .digest('hex');
    const first = await this.register(manager, command, batchId, inputHash);
    if (first) {
      if (first.inputHash !== inputHash) throw new RequestIdReusedError();
      return { id: first.id, writes: [], isRepeat: true };
    }
    await requireIndex(manager);
    await lockMembers(manager, command.memberIds);
    await command.beforeLocks?.(manager);
    const followers = (await command.followers?.(manager)) ?? [];
    const customers = await lockCustomers(manager, [...command.refs, ...followers]);
    const inFlight = await recordsInFlight(
      manager,
      [...customers.values()].map(({ recordId }) => recordId),
    );
    const { refusals, changes: decided } = await command.decide({
      manager,
      customers,
      inFlight,
      batchId,
      now: this.clock.now(),
    });
    const changes = toldVia(command.via, decided);

    const told = new Set(
      changes.flatMap(({ customer, write }) => (write?.kind === 'COMMAND' ? [customerKey(customer)] : [])),
    );
    const outcomes = command.refs.map(({ object, recordId }, index): StoredOutcome => {
      const refusal = refusals[index];
      if (refusal) return { object, recordId, status: 'REFUSED', refusal };
      // What the engine alone keeps is done when it is decided.
      return { object, recordId, status: told.has(customerKey({ object, recordId })) ? 'PENDING' : 'DONE' };
    });
    await manager.update(CommandEntity, { id: batchId }, { outcomes });
    const leaseSeconds = this.config.leaseSeconds + this.config.commandWaitMs / 1000 + leaseMarginSeconds;
    const writes = await this.changeWriter.write(manager, changes, { commandId: batchId, leaseSeconds });
    return { id: batchId, writes, isRepeat: false };
  }

  /** @returns the command that had this request id first; waits for its decision if it is being made right now */
  private async register(
    manager: EntityManager,
    command: Command,
    id: string,
    inputHash: string,
  ): Promise<CommandEntity | null> {
    const { kind, actorId, requestId } = command;
    const inserted = (await manager.query(
      `INSERT INTO command (id, kind, actor_id, request_id, input_hash, outcomes, created_at)
       VALUES ($1, $2, $3, $4, $5, '[]', clock_timestamp())
       ON CONFLICT ON CONSTRAINT command_request DO NOTHING RETURNING id`,
      [id, kind, actorId, requestId, inputHash],
    )) as { id: string }[];
    if (inserted.length > 0 || requestId === null) return null;
    return manager.findOneByOrFail(CommandEntity, { actorId, requestId });
  }

  /** Somebody's command on the same customers that Twenty has not confirmed yet is worth a moment's wait. */
  private async waitForEarlierCommands(refs: CustomerRef[], deadline: number): Promise<void> {
    const until = Math.min(deadline, Date.now() + this.config.commandWaitMs / 2);
    const ids = refs.map(({ recordId }) => recordId);
    while (
      Date.now() < until &&
      (await recordsInFlight(this.dataSource.manager, ids, { leavingOwner: true })).size > 0
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async tellTwenty(writes: PendingWriteEntity[], deadline: number): Promise<void> {
    try {
      await this.pendingWrites.tell(writes, { priority: 'interactive', deadline });
    } catch (error) {
      // The decision stands; the resolver finishes it.
      this.logger.error({ err: error, writes: writes.length }, 'A decided command could not be finished at once');
    }
  }
}

interface Decided {
  id: string;
  writes: PendingWriteEntity[];
  isRepeat: boolean;
}

export function lookUp(customers: Map<string, CustomerEntity>, ref: CustomerRef): CustomerEntity | null {
  const customer = customers.get(customerKey(ref));
  return customer && !customer.isDeleted ? customer : null;
}
