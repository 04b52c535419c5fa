import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EngineConfig } from '../config/engine-config';
import type { FollowedName } from '../twenty/records/followed-records.service';
import { noteLook, readPace } from './feed-pace.queries';

/** Webhooks tell of these, so a look should find nothing new about them. */
const told: ReadonlySet<FollowedName> = new Set([
  'company',
  'person',
  'opportunity',
  'note',
  'noteTarget',
  'task',
  'taskTarget',
]);

const quietAfterSeconds = 60;
/** A change comes by reading and by webhook within this of each other. */
const webhookLagSeconds = 120;
/** However seldom: what becomes visible late is found within a minute. */
const quietSeconds = 45;
const quietTimes = 3;

/** How often it is looked: as configured while something changes, more seldom while webhooks bring what there is. */
@Injectable()
export class FeedPace {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: EngineConfig,
  ) {}

  async isTurn(): Promise<boolean> {
    const pace = await readPace(this.dataSource.manager);
    const { lookSecondsAgo, newsSecondsAgo, webhookSecondsAgo } = pace;
    const every = this.config.syncIntervalSeconds;
    const isQuiet =
      this.config.publicUrl !== undefined &&
      webhookSecondsAgo !== null &&
      (newsSecondsAgo === null ||
        (newsSecondsAgo > quietAfterSeconds && newsSecondsAgo + webhookLagSeconds > webhookSecondsAgo));
    const seldom = Math.max(every, Math.min(quietSeconds, quietTimes * every));
    // Turns come a little early or late.
    return lookSecondsAgo === null || lookSecondsAgo >= (isQuiet ? seldom : every) - every / 2;
  }

  /** @param news objects of which it brought something new */
  async looked(startedAt: string, news: ReadonlySet<FollowedName>): Promise<void> {
    await noteLook(
      this.dataSource.manager,
      startedAt,
      [...news].some((name) => told.has(name)),
    );
  }
}
