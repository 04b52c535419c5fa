import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { markClocksStale } from '../idle-clock';
import { SettingsService } from '../settings/settings.service';
import { shareIndex } from '../storage/engine-lock';
import { onceAlone, whenAlone } from '../storage/exclusive';
import { inTransaction } from '../storage/transaction';
import { isTwentyError } from '../twenty/client/twenty-error';
import { inBatches } from '../twenty/client/twenty.limits';
import type { RecordChange, RecordVersion } from '../twenty/records/activity-records.types';
import {
  type FollowedName,
  FollowedRecords,
  type ListedPage,
  type Listing,
} from '../twenty/records/followed-records.service';
import type { RecordCursor } from '../twenty/records/twenty.types';
import { isBehindDue, lookFrom, type Overlap, overlaps } from './feed-window';
import {
  type CompleteReading,
  type FeedCursor,
  markComplete,
  moveCursor,
  newsOf,
  noteTaken,
  noteVersions,
  readCursors,
} from './feed.queries';
import { FeedPace } from './feed-pace.service';
import { FeedSources } from './feed-sources.service';
import { markWon } from './opportunity-rows.queries';
import { requestedRereads, rereadDone, sourcesToReread } from './reread.queries';
import type { FeedSource, SourceName } from './sources/feed-source';
import { databaseInstant } from './sync-cursor.queries';

const background = { priority: 'background' } as const;
/** One look at a time, whichever instance makes it. */
const lookLock = 'feed';
/** What the engine was not allowed to see is tried again after this. */
const unseenForMs = 10 * 60_000;

/** An object that is being read, and where the next page begins. */
interface Ask {
  source: FeedSource;
  name: FollowedName;
  from: RecordCursor | null;
  /** Whether it is a poll that began behind the position. */
  isBehind: boolean;
  /** How many records it has given so far. */
  listed: number;
}

/**
 * Follows everything in Twenty that the index is made from: by cursor, sooner when a webhook asks for it. All of it is on
 * Twenty's own time: each look begins some minutes behind what was seen, and only what has not been taken as it is there is
 * read. A reading replaces all that came from the records it reads, so late, doubled, reordered and lost notifications change
 * nothing in the end.
 */
@Injectable()
export class Feed {
  private readonly logger = new Logger(Feed.name);
  private readonly unseen = new Map<SourceName, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: FollowedRecords,
    private readonly sources: FeedSources,
    private readonly pace: FeedPace,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** What was asked for by webhooks, and, at its turn, what changed. @throws TwentyError */
  async sync(): Promise<void> {
    await this.readRequested();
    // Webhooks may come by the hundred; each must not cost a look at everything.
    if (await this.pace.isTurn()) await whenAlone(this.dataSource, lookLock, () => this.look(this.sources.all, 'POLL'));
    await this.markWonStages();
  }

  /**
   * For an index that lacks something: reads what has never been read to its end.
   * @throws TwentyError, StillBusyError
   */
  async complete(names: readonly SourceName[]): Promise<void> {
    await onceAlone(this.dataSource, lookLock, async () => {
      const wanted = this.sources.all.filter(({ name }) => names.includes(name));
      const cursors = await readCursors(
        this.dataSource.manager,
        wanted.flatMap(({ objects }) => objects),
      );
      const isUnread = ({ objects }: FeedSource) => objects.some((object) => cursors.get(object)?.completeAt === null);
      await this.look(wanted.filter(isUnread), 'POLL');
    });
    await this.markWonStages();
  }

  /**
   * docs/semantics.md#fresh-knowledge: before anything is taken from anybody, everything has been read up to now. Waits for whoever is
   * reading, and looks further back than between sweeps.
   * @throws TwentyError, StillBusyError
   */
  async readUpToNow(): Promise<void> {
    await this.readRequested();
    await onceAlone(this.dataSource, lookLock, () => this.look(this.sources.all, 'SWEEP'));
    await this.markWonStages();
  }

  /**
   * Takes what of a listing is not known as it is there.
   * @returns whether there was any
   * @throws TwentyError
   */
  async takeNews(source: FeedSource, name: FollowedName, changes: readonly RecordChange[]): Promise<boolean> {
    const news = await newsOf(this.dataSource.manager, name, changes);
    const byOrigin = new Map<string, RecordVersion[]>(news.flatMap(({ origins }) => origins.map((id) => [id, []])));
    const orphans: RecordVersion[] = [];
    for (const { change } of news) (byOrigin.get(change.originId ?? '') ?? orphans).push({ ...change, object: name });
    for (const ids of inBatches([...byOrigin.keys()], source.batch)) {
      await this.take(
        source,
        ids,
        ids.flatMap((id) => byOrigin.get(id) ?? []),
      );
    }
    await noteVersions(this.dataSource.manager, orphans);
    return news.length > 0;
  }

  /**
   * Reads these records whole, and takes what they say, and that some of them are gone, into the index.
   * @param listed what is to be known of them where the reading says nothing else
   * @throws TwentyError
   */
  async take(source: FeedSource, ids: readonly string[], listed: readonly RecordVersion[] = []): Promise<void> {
    // An earlier reading must never overwrite a later one.
    await onceAlone(this.dataSource, lockOf(source), () => this.takeAlone(source, ids, listed));
  }

  /** @returns null when the engine's role may not see it */
  async ifSeen<T>(source: FeedSource, read: () => Promise<T>): Promise<T | null> {
    if ((this.unseen.get(source.name) ?? 0) > Date.now()) return null;
    try {
      const result = await read();
      this.unseen.delete(source.name);
      return result;
    } catch (error) {
      if (!source.isOptional || !isTwentyError(error, 'FORBIDDEN')) throw error;
      if (!this.unseen.has(source.name))
        this.logger.warn(
          { source: source.name, message: error.message },
          'Twenty does not let the engine see these; they count for no clock',
        );
      this.unseen.set(source.name, Date.now() + unseenForMs);
      return null;
    }
  }

  private async takeAlone(source: FeedSource, ids: readonly string[], listed: readonly RecordVersion[]): Promise<void> {
    const [own] = source.objects;
    const readings = await source.read(ids, background);
    for (const [index, reading] of readings.entries()) {
      await inTransaction(this.dataSource, async (manager) => {
        await shareIndex(manager);
        await reading.store(manager);
        // What was read is newer than what was listed.
        if (index === 0) await noteVersions(manager, listed);
        await noteTaken(manager, own, reading.ids, reading.versions);
      });
      await reading.afterwards?.();
    }
  }

  private async readRequested(): Promise<void> {
    const asked = await sourcesToReread(this.dataSource.manager);
    for (const source of this.sources.all.filter(({ name }) => asked.has(name)))
      for (let isMore = true; isMore;) isMore = await this.readSomeRequested(source);
  }

  private async readSomeRequested(source: FeedSource): Promise<boolean> {
    let isMore = false;
    await onceAlone(this.dataSource, lockOf(source), async () => {
      const { manager } = this.dataSource;
      const requests = await requestedRereads(manager, source.name, source.batch);
      if (requests.length === 0) return;
      const ids = requests.map(({ recordId }) => recordId);
      await this.ifSeen(source, () => this.takeAlone(source, ids, []));
      await rereadDone(manager, source.name, requests);
      isMore = requests.length === source.batch;
    });
    return isMore;
  }

  private async look(sources: readonly FeedSource[], overlap: Overlap): Promise<void> {
    const reading = { engineAt: this.clock.now(), readAt: await databaseInstant(this.dataSource.manager) };
    const names = sources.flatMap(({ objects }) => objects);
    const cursors = await readCursors(this.dataSource.manager, names);
    let asks = sources.flatMap((source) => source.objects.map((name) => askFor(source, name, cursors, overlap)));
    const newNames = new Set<FollowedName>();
    let twentyAt: string | null = null;
    while (asks.length > 0) {
      const { pages, twentyTime } = await this.list(asks, (some) => this.records.listChanges(some, background));
      twentyAt ??= twentyTime;
      const further: Ask[] = [];
      for (const ask of asks) {
        const next = await this.takePage(ask, pages.get(ask.name) ?? null, { ...reading, twentyAt }, newNames);
        if (next) further.push(next);
      }
      asks = further;
    }
    for (const source of sources) if (isNew(source, cursors)) await this.dropStrays(source);
    await this.pace.looked(reading.readAt, newNames);
  }

  /** @param page null: the engine may not see it, which is as if there were nothing. @returns what is to be read next */
  private async takePage(
    ask: Ask,
    page: ListedPage | null,
    reading: CompleteReading,
    newNames: Set<FollowedName>,
  ): Promise<Ask | null> {
    const { source, name } = ask;
    const taken = page && (await this.ifSeen(source, () => this.takeNews(source, name, page.changes)));
    if (taken) newNames.add(name);
    const last = page?.changes.at(-1);
    const to = last && { updatedAt: last.updatedAt, id: last.id };
    const listed = ask.listed + (page?.changes.length ?? 0);
    const isDone = page === null || page.isLast || taken === null;
    await inTransaction(this.dataSource, async (manager) => {
      await shareIndex(manager);
      if (to && taken !== null) await moveCursor(manager, name, to);
      if (isDone) await markComplete(manager, name, reading, ask.isBehind ? listed : null);
    });
    return isDone || !to ? null : { ...ask, from: to, listed };
  }

  /**
   * One request for all of it, unless the engine may not see some: then each of what it can do without is asked for by itself.
   * @throws TwentyError
   */
  async list<T extends { source: FeedSource; name: FollowedName }>(
    asks: readonly T[],
    request: (some: readonly T[]) => Promise<Listing>,
  ): Promise<{ pages: Map<FollowedName, ListedPage>; twentyTime: string | null }> {
    const seen = asks.filter(({ source }) => (this.unseen.get(source.name) ?? 0) <= Date.now());
    if (seen.length === 0) return byName([]);
    try {
      return byName([await request(seen)]);
    } catch (error) {
      if (!isTwentyError(error, 'FORBIDDEN') || !seen.some(({ source }) => source.isOptional)) throw error;
    }
    const needed = seen.filter(({ source }) => !source.isOptional);
    const listings = needed.length > 0 ? [await request(needed)] : [];
    for (const source of new Set(seen.filter((ask) => ask.source.isOptional).map((ask) => ask.source))) {
      const own = seen.filter((ask) => ask.source === source);
      const listing = await this.ifSeen(source, () => request(own));
      if (listing) listings.push(listing);
    }
    return byName(listings);
  }

  /** What the index has from records that the feed knows nothing of, once it knows all there are: they are gone, or were never read. */
  async dropStrays(source: FeedSource): Promise<void> {
    for (let after: string | null = null; ;) {
      const ids: string[] = await source.strays(this.dataSource.manager, after, source.batch);
      if (ids.length === 0) return;
      await this.ifSeen(source, () => this.take(source, ids));
      after = ids.at(-1) ?? null;
    }
  }

  private async markWonStages(): Promise<void> {
    await inTransaction(this.dataSource, async (manager: EntityManager) => {
      await shareIndex(manager);
      const { WON_STAGES } = await this.settings.current(manager);
      await markClocksStale(manager, await markWon(manager, WON_STAGES));
    });
  }
}

function askFor(
  source: FeedSource,
  name: FollowedName,
  cursors: ReadonlyMap<FollowedName, FeedCursor>,
  overlap: Overlap,
): Ask {
  const { position, ...cursor } = cursors.get(name) ?? { position: null };
  const ask = { source, name, from: position, isBehind: false, listed: 0 };
  if (!position || !('listed' in cursor)) return ask;
  const isPoll = overlap === 'POLL';
  if (isPoll && !isBehindDue(cursor)) return ask;
  return { ...ask, from: lookFrom(position, cursor.twentyAt, overlaps[overlap]), isBehind: isPoll };
}

function isNew({ objects }: FeedSource, cursors: ReadonlyMap<FollowedName, FeedCursor>): boolean {
  return objects.every((name) => cursors.get(name)?.completeAt === null && cursors.get(name)?.position === null);
}

function byName(listings: readonly Listing[]): { pages: Map<FollowedName, ListedPage>; twentyTime: string | null } {
  const pages = listings.flatMap((listing) => listing.pages);
  return { pages: new Map(pages.map((page) => [page.name, page])), twentyTime: listings[0]?.twentyTime ?? null };
}

function lockOf({ name }: FeedSource): string {
  return `feed ${name}`;
}
