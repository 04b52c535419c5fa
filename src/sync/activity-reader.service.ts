import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { markClocksStale } from '../idle-clock';
import { shareIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import type { RecordChange } from '../twenty/records/activity-records.types';
import { OVERLAP_MS, withOverlap } from '../twenty/client/read-changes';
import { inBatches } from '../twenty/client/twenty.limits';
import type { RecordCursor } from '../twenty/records/twenty.types';
import { type CursorState, markComplete, moveCursor, readCursors } from './activity-cursor.queries';
import type { ActivitySource, FollowedObject } from './sources/activity-source';

const background = { priority: 'background' } as const;

/** One reading of a source, over all of its objects. */
interface Pass {
  /** Records that this reading has taken. */
  seen: Set<string>;
  /** What Twenty had before this was in every record that this reading has taken. */
  settledBefore: string;
}

/** Reads one source. Whoever calls has its lock, so that an earlier reading never overwrites a later one. */
@Injectable()
export class ActivityReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What changed since the last time, of each of its objects. @throws TwentyError */
  async readChanged(source: ActivitySource): Promise<void> {
    const states = await readCursors(
      this.dataSource.manager,
      source.objects.map(({ name }) => name),
    );
    const isAnew = [...states.values()].every(({ position, completeAt }) => position === null && completeAt === null);
    const pass: Pass = {
      seen: new Set(),
      settledBefore: new Date(Date.parse(this.clock.now()) - OVERLAP_MS).toISOString(),
    };
    for (const object of source.objects) {
      await this.follow(source, object, states.get(object.name) ?? { position: null, completeAt: null }, pass);
    }
    if (isAnew) await this.dropUnseen(source, pass.seen);
  }

  /** Takes what these records say, and that some of them are gone, into the index. @throws TwentyError */
  async take(source: ActivitySource, ids: readonly string[]): Promise<void> {
    for (const batch of inBatches(ids)) {
      const store = await source.read(batch, background);
      await inTransaction(this.dataSource, async (manager) => {
        await shareIndex(manager);
        await markClocksStale(manager, await store(manager));
      });
    }
  }

  /** As if it had been read and there were nothing. */
  async passOver(source: ActivitySource): Promise<void> {
    for (const { name } of source.objects) await this.complete(name, this.clock.now());
  }

  private async follow(
    source: ActivitySource,
    object: FollowedObject,
    { position, completeAt }: CursorState,
    pass: Pass,
  ): Promise<void> {
    const startedAt = this.clock.now();
    for (let cursor = withOverlap(position, completeAt); ;) {
      const page = await object.readChanges(cursor, background);
      const origins = new Set(
        page.changes.filter((change) => isNews(change, pass)).flatMap(({ originId }) => originId ?? []),
      );
      await this.take(source, [...origins]);
      for (const id of origins) pass.seen.add(id);
      if (page.cursor && page.changes.length > 0) await this.move(object, position, page.cursor);
      if (page.done) return this.complete(object.name, startedAt);
      cursor = page.cursor;
    }
  }

  /** The overlap lies behind the position; the cursor never goes back. */
  private async move({ name }: FollowedObject, position: RecordCursor | null, cursor: RecordCursor): Promise<void> {
    const isAhead =
      !position ||
      cursor.updatedAt > position.updatedAt ||
      (cursor.updatedAt === position.updatedAt && cursor.id > position.id);
    if (!isAhead) return;
    await inTransaction(this.dataSource, async (manager) => {
      await shareIndex(manager);
      await moveCursor(manager, name, cursor);
    });
  }

  private async complete(name: string, startedAt: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await shareIndex(manager);
      await markComplete(manager, name, startedAt);
    });
  }

  /** Everything was read, from the beginning: what the index has from elsewhere is of records that are gone. */
  private async dropUnseen(source: ActivitySource, seen: ReadonlySet<string>): Promise<void> {
    const known = await source.known(this.dataSource.manager);
    await this.take(
      source,
      known.filter((id) => !seen.has(id)),
    );
  }
}

/** Links and participants are read after the records they belong to, and mostly say what those have said. */
function isNews({ originId, updatedAt }: RecordChange, { seen, settledBefore }: Pass): boolean {
  return originId !== null && !(seen.has(originId) && updatedAt < settledBefore);
}
