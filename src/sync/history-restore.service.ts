import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { restoreHolds } from '../changes';
import { whenAlone } from '../storage/exclusive';
import { OwnershipEventRecords } from '../twenty/records/ownership-event-records.service';
import { dropStaging, makeStaging, stageEvents, takeStaged } from './history-restore.queries';
import { markRead } from './sync-cursor.queries';

/** The way back of the mirror: a new index gets its history from Twenty. */
@Injectable()
export class HistoryRestore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly records: OwnershipEventRecords,
    private readonly clock: Clock,
  ) {}

  /**
   * All or nothing, so that a history is never half there. Twenty gives it by id; the database puts it in order, so that the
   * engine holds one page at a time however long the history is.
   * @throws TwentyError
   */
  async restore(): Promise<void> {
    await whenAlone(this.dataSource, 'restore history', async () => {
      const startedAt = this.clock.now();
      // The staging table is this connection's own, and ends with it.
      const runner = this.dataSource.createQueryRunner();
      try {
        await makeStaging(runner.manager);
        await this.records.readAll((page) => stageEvents(runner.manager, page, startedAt), { priority: 'background' });
        await runner.manager.transaction(async (manager) => {
          await takeStaged(manager);
          await restoreHolds(manager);
          await markRead(manager, 'history', startedAt);
        });
        await dropStaging(runner.manager);
      } finally {
        await runner.release();
      }
    });
  }
}
