import { Injectable, Logger } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { EngineConfig } from '../config/engine-config';
import type { CustomerObject } from '../domain/customer/customer';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import { inTransaction } from '../storage/transaction';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { isTwentyError, type TwentyError } from '../twenty/client/twenty-error';
import { inBatches } from '../twenty/client/twenty.limits';
import type { CallOptions, CustomerRecord, Priority } from '../twenty/records/twenty.types';
import { ObservationService } from './observation.service';
import { leaseDueWrites, mostAtOnce, postpone } from './pending-writes.queries';
import { settle, type Verdict } from './settlement';

interface Telling {
  priority: Priority;
  /** Milliseconds since the epoch; what is not settled by then is left to the resolver. */
  deadline: number;
}

const firstPauseMs = 250;
const longestPauseMs = 30_000;

/**
 * Tells Twenty what was decided, and settles what became of it. A decided write is repeated until Twenty shows it, shows
 * somebody else, or refuses it for good: it is conditional on the owner and always says the same, so telling twice does no
 * harm, and a time-out decides nothing.
 */
@Injectable()
export class PendingWritesService {
  private readonly logger = new Logger(PendingWritesService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: CustomerRecords,
    private readonly observation: ObservationService,
    private readonly config: EngineConfig,
  ) {}

  /** Steps 4 and 5 for writes whose lease this process holds. Never throws for what Twenty does. */
  async tell(writes: PendingWriteEntity[], telling: Telling): Promise<void> {
    for (const group of sameWrites(writes)) await this.tellGroup(group, telling);
  }

  /** Takes over writes whose lease ran out: their process died, or Twenty did not answer. @returns how many it took */
  async resolveDue(): Promise<number> {
    for (let taken = 0; ;) {
      const writes = await leaseDueWrites(this.dataSource, this.config.leaseSeconds);
      await this.tell(writes, { priority: 'background', deadline: Date.now() });
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
    await this.tell(writes, { priority: 'background', deadline: Date.now() + this.config.commandWaitMs });
  }

  private async tellGroup(group: PendingWriteEntity[], telling: Telling): Promise<void> {
    let open = group;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const { verdicts, unsettled, pauseMs, apart } = await this.attempt(open, telling.priority, attempt);
      await this.settle(verdicts);
      for (const half of apart) await this.tellGroup(half, telling);
      open = unsettled;
      if (open.length === 0) return;
      if (Date.now() + pauseMs >= telling.deadline) {
        await postpone(this.dataSource, open, pauseMs);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
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
        records: open.map(({ recordId, expectedOwners }) => ({ id: recordId, expectedOwners })),
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
        if (isFinal(error, write)) verdicts.push({ write, kind: 'REJECTED' });
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
      // It changed between the write and the reading, and the condition holds now: once more.
      if (record && record.deletedAt === null && holds(write, record)) unsettled.push(write);
      else verdicts.push({ write, kind: 'LOST', record });
    }
    return { verdicts, unsettled };
  }

  /** Step 5. What Twenty says of lost records is taken into the index in the same transaction. */
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
  /** Halves of a batch that failed for the sake of one record, to be told each by itself. */
  apart: PendingWriteEntity[][];
}

/** Somebody waits for the answer of a command; what the engine does by itself can wait for a role to be mended. */
function isFinal(error: TwentyError, write: PendingWriteEntity): boolean {
  if (error.kind === 'FORBIDDEN') return write.kind === 'COMMAND';
  return error.kind === 'REJECTED' || error.kind === 'NOT_FOUND';
}

/**
 * All writes of a batch say the same, so what Twenty rejects about the values is true of each. Only what clashes with other
 * records is one record's own fault.
 */
function isOfOneRecord(error: TwentyError): boolean {
  return error.kind === 'REJECTED' && error.message.includes('duplicate entry');
}

function holds({ expectedOwners, data }: PendingWriteEntity, record: CustomerRecord): boolean {
  return expectedOwners.includes(record.ownerId) || (data.ownerId !== undefined && data.ownerId === record.ownerId);
}

/** One call carries one set of values, so writes are grouped by what they say. */
function sameWrites(writes: PendingWriteEntity[]): PendingWriteEntity[][] {
  const groups = new Map<string, PendingWriteEntity[]>();
  for (const write of writes) {
    const key = `${write.object} ${JSON.stringify(Object.entries(write.data).sort(([a], [b]) => a.localeCompare(b)))}`;
    groups.set(key, [...(groups.get(key) ?? []), write]);
  }
  return [...groups.values()];
}
