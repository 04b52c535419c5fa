import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, IsNull } from 'typeorm';
import { EngineConfig } from '../config/engine-config';
import type { CustomerObject } from '../domain/customer/customer';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { inTransaction } from '../storage/transaction';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { isTwentyError, type TwentyError } from '../twenty/client/twenty-error';
import { inBatches } from '../twenty/client/twenty.limits';
import type { CallOptions, CustomerRecord, Priority } from '../twenty/records/twenty.types';
import { ChangeWriter } from './change-writer';
import { shownOf } from './customer-change';
import { ObservationService } from './observation.service';
import { leaseDueWrites, mostAtOnce, moveFences, postpone } from './pending-writes.queries';
import { settle, type Verdict } from './settlement';

interface Pushing {
  priority: Priority;
  /** Milliseconds since the epoch; what Twenty has not taken by then is not tried again here but left to the resolver. */
  deadline: number;
  /** Milliseconds since the epoch; no call is begun that could end after it. */
  leaseEnd: number;
}

const firstPauseMs = 250;
const longestPauseMs = 30_000;

/**
 * Pushes to Twenty what was decided, and settles what became of it. A decided write is repeated until Twenty shows it, shows
 * somebody else, or refuses it for good. It is fenced by who has the customer since when and always says the same, so pushing
 * twice does no harm, a time-out decides nothing, and a request that Twenty carries out much later finds its fence gone.
 */
@Injectable()
export class PendingWritesService {
  private readonly logger = new Logger(PendingWritesService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: CustomerRecords,
    private readonly observation: ObservationService,
    private readonly changeWriter: ChangeWriter,
    private readonly config: EngineConfig,
  ) {}

  /**
   * Steps 3 and 4 for writes that this process has decided a moment ago and holds the lease of. Never throws for what Twenty does.
   * Whoever waits for an answer looks at the command meanwhile; this ends with the lease, whatever Twenty does.
   */
  async push(writes: PendingWriteEntity[], priority: Priority, waitMs = this.config.commandWaitMs): Promise<void> {
    const now = Date.now();
    await this.pushGroups(writes, {
      priority,
      deadline: now + waitMs,
      leaseEnd: now + this.changeWriter.leaseSeconds * 1000,
    });
  }

  /** Takes over writes whose lease ran out: their process died, or Twenty did not answer. @returns how many it took */
  async resolveDue(): Promise<number> {
    for (let taken = 0; ;) {
      const writes = await leaseDueWrites(this.dataSource, this.config.leaseSeconds);
      const now = Date.now();
      await this.pushGroups(writes, {
        priority: 'background',
        deadline: now,
        leaseEnd: now + this.config.leaseSeconds * 1000,
      });
      taken += writes.length;
      if (writes.length < mostAtOnce) return taken;
    }
  }

  /** Every open write, whoever holds its lease, once. For when nobody else may write. */
  async resolveAll(): Promise<void> {
    const writes = await this.dataSource.manager.find(PendingWriteEntity, {
      where: { settledAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    await this.pushGroups(writes, {
      priority: 'background',
      deadline: Date.now() + this.config.commandWaitMs,
      leaseEnd: Infinity,
    });
  }

  /** What no call is begun for within the lease is anybody's again. */
  private async pushGroups(writes: PendingWriteEntity[], pushing: Pushing): Promise<void> {
    const groups = sameWrites(writes).flatMap((group) => inBatches(group));
    for (const [index, group] of groups.entries()) {
      if (index > 0 && Date.now() + this.config.twentyTimeoutMs >= pushing.leaseEnd) {
        await postpone(this.dataSource, groups.slice(index).flat(), 0);
        return;
      }
      await this.pushGroup(group, pushing);
    }
  }

  private async pushGroup(group: PendingWriteEntity[], pushing: Pushing): Promise<void> {
    let open = group;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const { verdicts, unsettled, pauseMs, apart } = await this.attempt(open, pushing.priority, attempt);
      await this.settle(verdicts);
      for (const half of apart) await this.pushGroup(half, pushing);
      open = unsettled;
      if (open.length === 0) return;
      const next = Date.now() + pauseMs;
      if (next >= pushing.deadline || next + this.config.twentyTimeoutMs >= pushing.leaseEnd) {
        await postpone(this.dataSource, open, pauseMs);
        return;
      }
      await sleep(pauseMs);
    }
  }

  private async attempt(open: PendingWriteEntity[], priority: Priority, attempt: number): Promise<Attempt> {
    const [first] = open;
    if (!first) return { verdicts: [], unsettled: [], pauseMs: 0, apart: [] };
    const options: CallOptions = { priority };
    const byId = new Map(open.map((write) => [write.recordId, write]));
    const { winners, failures } = await this.records.write(
      {
        object: first.object,
        records: open.map(({ recordId, fence }) => ({ id: recordId, fence })),
        data: first.data,
      },
      options,
    );
    const verdicts: Verdict[] = winners.flatMap(({ id, updatedAt }) => {
      const write = byId.get(id);
      return write ? [{ write, kind: 'CONFIRMED' as const, updatedAt }] : [];
    });
    const unsettled: PendingWriteEntity[] = [];
    const apart: PendingWriteEntity[][] = [];
    let pauseMs = Math.min(firstPauseMs * 2 ** (Math.max(attempt, first.attempts) - 1), longestPauseMs);
    for (const { ids, error } of failures) {
      const failed = ids.flatMap((id) => byId.get(id) ?? []);
      const oneIsBad = failed.length > 1 && isOfOneRecord(error);
      if (oneIsBad) apart.push(failed.slice(0, failed.length / 2), failed.slice(failed.length / 2));
      for (const write of oneIsBad ? [] : failed) {
        if (isFinal(error)) verdicts.push({ write, kind: 'REJECTED' });
        else unsettled.push(write);
      }
      pauseMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
      this.logger.warn(
        {
          kind: error.kind,
          code: error.code,
          subCode: error.subCode,
          writes: ids.length,
          attempt,
          message: error.message,
        },
        'Twenty did not take a write',
      );
    }
    const answered = new Set([...winners.map(({ id }) => id), ...failures.flatMap(({ ids }) => ids)]);
    const missing = open.filter(({ recordId }) => !answered.has(recordId));
    const read = await this.readMissing(first.object, missing, options);
    return { verdicts: [...verdicts, ...read.verdicts], unsettled: [...unsettled, ...read.unsettled], pauseMs, apart };
  }

  /** Twenty returns winners only: why the others did not match is read. */
  private async readMissing(
    object: CustomerObject,
    missing: PendingWriteEntity[],
    options: CallOptions,
  ): Promise<Pick<Attempt, 'verdicts' | 'unsettled'>> {
    if (missing.length === 0) return { verdicts: [], unsettled: [] };
    let found: Map<string, CustomerRecord>;
    try {
      const records = await this.records.readByIds(
        object,
        missing.map(({ recordId }) => recordId),
        options,
      );
      found = new Map(records.map((record) => [record.id, record]));
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      return { verdicts: [], unsettled: missing };
    }
    const verdicts: Verdict[] = [];
    const unsettled: PendingWriteEntity[] = [];
    for (const write of missing) {
      const record = found.get(write.recordId) ?? null;
      if (record && record.deletedAt === null && isWithExpected(write, record)) {
        // Its owner is as it was when this was decided; what stood beside the owner was not known, or was edited by hand.
        write.fence = { from: holdingOf(record), to: write.fence.to };
        unsettled.push(write);
      } else verdicts.push({ write, kind: 'LOST', record });
    }
    await moveFences(this.dataSource, unsettled);
    return { verdicts, unsettled };
  }

  /** What Twenty says of lost records is taken into the index in the same transaction. */
  private async settle(verdicts: Verdict[]): Promise<void> {
    for (const batch of inBatches(verdicts)) {
      const follow = await inTransaction(this.dataSource, async (manager) => {
        const settled = await settle(manager, batch);
        const lost = settled.flatMap((verdict) => (verdict.kind === 'LOST' && verdict.record ? [verdict.record] : []));
        // The rows were touched a moment ago by settling, under lock; this reading is newer than every decision about them.
        return this.observation.apply(manager, { records: lost, startedAt: new Date(8.64e15), routes: new Map() });
      });
      if (follow.length > 0) await postpone(this.dataSource, follow, 0);
    }
  }
}

interface Attempt {
  verdicts: Verdict[];
  unsettled: PendingWriteEntity[];
  pauseMs: number;
  /** Halves of a batch that failed for the sake of one record, to be pushed each by itself. */
  apart: PendingWriteEntity[][];
}

function isFinal({ kind }: TwentyError): boolean {
  return kind === 'FORBIDDEN' || kind === 'REJECTED' || kind === 'NOT_FOUND';
}

/**
 * All writes of a batch say the same, so what Twenty rejects about the values is true of each. Only what clashes with other
 * records is one record's own fault.
 */
function isOfOneRecord(error: TwentyError): boolean {
  return error.kind === 'REJECTED' && error.message.includes('duplicate entry');
}

function isWithExpected({ fence: { from, to } }: PendingWriteEntity, { ownerId }: CustomerRecord): boolean {
  return ownerId === from.ownerId || ownerId === to.ownerId;
}

function holdingOf(record: CustomerRecord): { ownerId: string | null; since: string | null } {
  const { ownerId = null, pooledSince = null, ownedSince = null } = shownOf(record);
  return { ownerId, since: ownerId === null ? pooledSince : ownedSince };
}

/** One call carries one set of values, so writes are grouped by what they say. */
function sameWrites(writes: PendingWriteEntity[]): PendingWriteEntity[][] {
  const groups = new Map<string, PendingWriteEntity[]>();
  for (const write of writes) {
    const key = `${write.object} ${JSON.stringify(Object.entries(write.data).sort(([a], [b]) => a.localeCompare(b)))}`;
    const group = groups.get(key);
    if (group) group.push(write);
    else groups.set(key, [write]);
  }
  return [...groups.values()];
}
