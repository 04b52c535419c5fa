import { Injectable, Logger } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { EngineConfig } from '../config/engine-config';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { ChangeCause } from '../domain/customer/acting-member';
import type { Refusal } from '../domain/refusal/refusal';
import { CommandEntity, type StoredOutcome } from '../storage/entities/command.entity';
import type { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { ChangeService, type DecisionInput } from './change.service';
import { isBeingFreed, waitForAnswer } from './command.queries';
import { causedBy, type CustomerChange } from './customer-change';
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
  /** Must nobody take a duplicate of them meanwhile? */
  locksMatchKeys?: (manager: EntityManager) => Promise<boolean>;
  /** Further customers that may change along with those asked for; read before the locks, decided under them. */
  followers?: (manager: EntityManager) => Promise<CustomerRef[]>;
  decide: (decision: CommandInput) => Promise<CommandDecision>;
}

export interface CommandInput extends DecisionInput {
  batchId: string;
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

const askAgainMs = 50;

/**
 * What a person asks for, answered once: the unique key of (actor, request id) gives a repeat the first answer. The answer waits
 * for Twenty no longer than `commandWaitMs`, whatever Twenty does; what is not confirmed by then is PENDING and ends later.
 */
@Injectable()
export class CommandRunner {
  private readonly logger = new Logger(CommandRunner.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeService,
    private readonly pendingWrites: PendingWritesService,
    private readonly config: EngineConfig,
  ) {}

  /**
   * @throws RequestIdReusedError
   * @throws IndexBusyError while the index is rebuilt
   */
  async run(command: Command): Promise<CommandAnswer> {
    await this.waitForEarlierCommands(command.refs);
    const batchId = randomUUID();
    const inputHash = createHash('sha256')
      .update(JSON.stringify([command.kind, command.input]))
      .digest('hex');
    let first: CommandEntity | null = null;
    const decided = await this.changes.decide({
      gate: 'COMPLETE',
      commandId: batchId,
      scope: async (manager) => {
        first = await this.register(manager, command, batchId, inputHash);
        if (first) return null;
        const followers = (await command.followers?.(manager)) ?? [];
        const locksMatchKeys = (await command.locksMatchKeys?.(manager)) ?? false;
        return {
          refs: [...command.refs, ...followers],
          memberIds: command.memberIds,
          ...(locksMatchKeys ? { matchKeysOf: command.refs } : {}),
        };
      },
      decide: async (input) => {
        const { refusals, changes } = await command.decide({ ...input, batchId });
        return { changes: causedBy(command.via, changes), answer: refusals };
      },
      after: (manager, { answer, writes }) => keepOutcomes(manager, batchId, command.refs, answer, writes),
    });
    // How long others held the locks is not Twenty's doing.
    const deadline = Date.now() + this.config.commandWaitMs;
    if (!decided) return this.repeated(first, inputHash, deadline);
    const { writes } = decided;
    // Goes on when the answer no longer waits for it.
    await until(deadline, this.push(writes));
    return { batchId, outcomes: await waitForAnswer(this.dataSource, batchId, writes.length > 0 ? deadline : 0) };
  }

  private async push(writes: PendingWriteEntity[]): Promise<void> {
    try {
      await this.pendingWrites.push(writes, 'interactive');
    } catch (error) {
      // The decision stands; the resolver finishes it.
      this.logger.error({ err: error, writes: writes.length }, 'A decided command could not be finished at once');
    }
  }

  private async repeated(first: CommandEntity | null, inputHash: string, deadline: number): Promise<CommandAnswer> {
    if (!first) throw new Error('A command was decided without having been registered');
    if (first.inputHash !== inputHash) throw new RequestIdReusedError();
    return { batchId: first.id, outcomes: await waitForAnswer(this.dataSource, first.id, deadline) };
  }

  /** @returns the command that had this request id first; waits for its decision if it is being made right now */
  private async register(
    manager: EntityManager,
    { kind, actorId, requestId }: Command,
    id: string,
    inputHash: string,
  ): Promise<CommandEntity | null> {
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
  private async waitForEarlierCommands(refs: CustomerRef[]): Promise<void> {
    const until = Date.now() + this.config.commandWaitMs / 2;
    const ids = refs.map(({ recordId }) => recordId);
    while (Date.now() < until && (await isBeingFreed(this.dataSource.manager, ids))) await sleep(askAgainMs);
  }
}

/** Waits for the work, but not beyond the deadline (milliseconds since the epoch). */
async function until(deadline: number, work: Promise<void>): Promise<void> {
  const waiting = new AbortController();
  const enough = sleep(Math.max(0, deadline - Date.now()), undefined, { signal: waiting.signal }).catch(
    () => undefined,
  );
  await Promise.race([work, enough]);
  waiting.abort();
}

/** What the engine alone keeps is done when it is decided. */
async function keepOutcomes(
  manager: EntityManager,
  id: string,
  refs: readonly CustomerRef[],
  refusals: readonly (Refusal | null)[],
  writes: readonly PendingWriteEntity[],
): Promise<void> {
  const told = new Set(writes.map(customerKey));
  const outcomes = refs.map(({ object, recordId }, index): StoredOutcome => {
    const refusal = refusals[index];
    if (refusal) return { object, recordId, status: 'REFUSED', refusal };
    return { object, recordId, status: told.has(customerKey({ object, recordId })) ? 'PENDING' : 'DONE' };
  });
  await manager.update(CommandEntity, { id }, { outcomes });
}
