import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PendingWritesService } from '../changes/pending-writes.service';
import { Projection } from '../changes/projection.service';
import { withIndexAlone } from '../storage/engine-lock';
import { FeedAudit } from './feed-audit.service';
import { HistoryMirror } from './history-mirror.service';
import { IndexReader } from './index-reader.service';
import { WorkspaceIdentity } from './workspace-identity.service';

/** Something is in the index alone and could not be brought to Twenty; emptying it now would lose that. */
export class RebuildBlockedError extends Error {
  readonly code = 'REBUILD_BLOCKED';
  readonly retryable = true;
  constructor(openWrites: number, unmirroredEvents: number) {
    super(
      `Twenty has not taken ${openWrites} changes and ${unmirroredEvents} history events yet; they would be lost. Try again when it answers.`,
    );
  }
}

/**
 * Empties the index and reads everything from Twenty again. Everything that only the index knows is brought to Twenty
 * first; commands are told to wait meanwhile. Answers already given to request ids stay.
 */
@Injectable()
export class RebuildService {
  private readonly logger = new Logger(RebuildService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly workspace: WorkspaceIdentity,
    private readonly pendingWrites: PendingWritesService,
    private readonly projection: Projection,
    private readonly history: HistoryMirror,
    private readonly reader: IndexReader,
    private readonly audit: FeedAudit,
  ) {}

  /**
   * @throws RebuildBlockedError
   * @throws TwentyError
   */
  async rebuild(): Promise<void> {
    await this.workspace.confirm();
    await withIndexAlone(this.dataSource, async () => {
      await this.pendingWrites.resolveAll();
      await this.history.mirror();
      await this.refuseLoss();
      await this.dataSource.query(
        'TRUNCATE customer, clock_mark, hold, ownership_event, pending_write, member, pool, pool_member, setting, sync_cursor, feed_record, feed_audit, reread, staged_selection',
      );
      this.logger.log('The index is empty; reading everything from Twenty');
      await this.reader.complete();
      await this.audit.round();
      await this.pendingWrites.resolveAll();
      await this.projection.run();
      await this.history.mirror();
    });
  }

  private async refuseLoss(): Promise<void> {
    const [row] = (await this.dataSource.query(
      `SELECT (SELECT count(*) FROM pending_write WHERE settled_at IS NULL)::int AS writes,
              (SELECT count(*) FROM ownership_event WHERE state = 'PENDING' OR (state = 'CONFIRMED' AND mirrored_at IS NULL))::int AS events`,
    )) as { writes: number; events: number }[];
    if (row && row.writes + row.events > 0) throw new RebuildBlockedError(row.writes, row.events);
  }
}
