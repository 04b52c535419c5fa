import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { onceAlone, whenAlone } from '../storage/exclusive';
import { inBatches } from '../twenty/client/twenty.limits';
import { type FollowedName, FollowedRecords, type ListedPage } from '../twenty/records/followed-records.service';
import { type AuditState, dueAudits, endRound, goneFrom, goOn, startRound } from './feed-audit.queries';
import { forget } from './feed.queries';
import { Feed } from './feed.service';
import { FeedSources } from './feed-sources.service';
import type { FeedSource } from './sources/feed-source';

const background = { priority: 'background' } as const;
const lock = 'audit';
/** One turn never takes much of Twenty's calls from others; what is left is due at the next. */
const mostRequests = 10;

/**
 * Goes round everything in Twenty by id, a slice at a time, and compares it with what the feed has taken. It finds what the
 * cursor could not: what was missed, what was put back to an earlier state, and what was destroyed without a trace.
 */
@Injectable()
export class FeedAudit {
  private readonly logger = new Logger(FeedAudit.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: FollowedRecords,
    private readonly sources: FeedSources,
    private readonly feed: Feed,
  ) {}

  /** The slices that are due, of all objects in one request each time. @throws TwentyError */
  async run(): Promise<void> {
    await whenAlone(this.dataSource, lock, async () => {
      for (let requests = 0; requests < mostRequests; requests += 1) {
        const due = await dueAudits(this.dataSource.manager, this.sources.names);
        if (due.length === 0) return;
        await this.compare(due);
      }
    });
  }

  /** Everything, now. @throws TwentyError, StillBusyError */
  async round(): Promise<void> {
    await onceAlone(this.dataSource, lock, async () => {
      await startRound(this.dataSource.manager);
      let states = await dueAudits(this.dataSource.manager, this.sources.names);
      while (states.length > 0) states = await this.compare(states);
    });
  }

  /** @returns the next slices of those whose round goes on */
  private async compare(states: AuditState[]): Promise<AuditState[]> {
    const asks = states.map((state) => ({ ...state, source: this.sources.of(state.name) }));
    const { pages } = await this.feed.list(asks, (some) => this.records.listIds(some, background));
    const further: AuditState[] = [];
    for (const ask of asks) {
      const page = pages.get(ask.name);
      const next = page && (await this.feed.ifSeen(ask.source, () => this.compareSlice(ask.source, ask, page)));
      if (next) further.push(next);
      else await this.finish(ask.source, ask.name, ask);
    }
    return further;
  }

  private async compareSlice(source: FeedSource, state: AuditState, page: ListedPage): Promise<AuditState | null> {
    const { manager } = this.dataSource;
    if (!this.isBelievable(state, page)) return null;
    await this.feed.takeNews(source, state.name, page.changes);
    const last = page.changes.at(-1)?.id ?? null;
    await this.takeGone(source, state, page.isLast ? null : last, page);
    if (page.isLast || last === null) return null;
    await goOn(manager, state, last, page.changes.length);
    return { ...state, after: last, done: state.done + page.changes.length };
  }

  private async takeGone(
    source: FeedSource,
    state: AuditState,
    last: string | null,
    { changes }: ListedPage,
  ): Promise<void> {
    const { manager } = this.dataSource;
    const listed = changes.map(({ id }) => id);
    const gone = await goneFrom(manager, state, last, listed);
    if (gone.length === 0) return;
    this.logger.log({ object: state.name, records: gone.length }, 'Twenty no longer lists what it had');
    const origins = new Set(gone.flatMap(({ originId }) => originId ?? []));
    for (const ids of inBatches([...origins], source.batch)) await this.feed.take(source, ids);
    // Links are not asked for by id; of records the reading has decided.
    if (state.name !== source.objects[0])
      await forget(
        manager,
        state.name,
        gone.map(({ id }) => id),
      );
  }

  /** A Twenty without a single company is a fault of something, and not the end of all customers. */
  private isBelievable({ name, after, size }: AuditState, { changes }: ListedPage): boolean {
    const isCustomer = name === 'company' || name === 'person';
    if (!isCustomer || after !== null || changes.length > 0 || size === 0) return true;
    this.logger.warn({ object: name }, 'Twenty lists none at all; not believed');
    return false;
  }

  private async finish(source: FeedSource, name: FollowedName, state: AuditState): Promise<void> {
    if (name === source.objects[0]) await this.feed.dropStrays(source);
    await endRound(this.dataSource.manager, state);
  }
}
