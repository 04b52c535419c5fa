import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Feed } from './feed.service';
import { HistoryRestore } from './history-restore.service';
import { MembersSync } from './members-sync.service';
import { PoolsSync } from './pools-sync.service';
import { type Source, unreadSources } from './sync-cursor.queries';

/** Another instance is reading; ask again. */
export class IndexIncompleteError extends Error {
  readonly code = 'INDEX_INCOMPLETE';
  readonly retryable = true;
  constructor(readonly sources: Source[]) {
    super(`Not read to the end yet: ${sources.join(', ')}`);
  }
}

/** Brings an index that lacks something, a new one for example, to where it can be relied on. */
@Injectable()
export class IndexReader {
  private readonly logger = new Logger(IndexReader.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly members: MembersSync,
    private readonly pools: PoolsSync,
    private readonly feed: Feed,
    private readonly history: HistoryRestore,
  ) {}

  /**
   * Members, pools and settings are short and read each time; the rest only when it has never been read to its end. The
   * history comes before the customers, so that what is decided about them stands behind it; so do activities, because their
   * clocks are computed as they are read.
   * @throws TwentyError
   * @throws IndexIncompleteError
   */
  async complete(): Promise<void> {
    await this.pools.syncSettings();
    await this.members.sync();
    await this.pools.syncPools();
    await this.feed.complete(['OPPORTUNITY', 'NOTE', 'TASK', 'MESSAGE', 'CALENDAR_EVENT']);
    for (const source of await unreadSources(this.dataSource.manager)) {
      this.logger.log({ source }, 'Reading from Twenty');
      if (source === 'history') {
        await this.history.restore();
        await this.pools.noteVersions();
      }
      // Another instance may be reading; what it leaves unread is read here.
      if (source === 'company') await this.feed.complete(['COMPANY']);
      if (source === 'person') await this.feed.complete(['PERSON']);
    }
    const unread = await unreadSources(this.dataSource.manager);
    if (unread.length > 0) throw new IndexIncompleteError(unread);
  }
}
