import type { DataSource } from 'typeorm';
import { Clock } from '../../src/config/clock';
import { PluginManifest } from '../../src/config/plugin-manifest';
import { SettingsService } from '../../src/settings/settings.service';
import { FeedAudit } from '../../src/sync/feed-audit.service';
import { FeedPace } from '../../src/sync/feed-pace.service';
import { FeedSources } from '../../src/sync/feed-sources.service';
import { Feed } from '../../src/sync/feed.service';
import { CalendarEventSource } from '../../src/sync/sources/calendar-event.source';
import { MessageSource } from '../../src/sync/sources/message.source';
import { NoteSource } from '../../src/sync/sources/note.source';
import { OpportunitySource } from '../../src/sync/sources/opportunity.source';
import { TaskSource } from '../../src/sync/sources/task.source';
import { CalendarEventRecords } from '../../src/twenty/records/calendar-event-records.service';
import { FollowedRecords } from '../../src/twenty/records/followed-records.service';
import { MessageRecords } from '../../src/twenty/records/message-records.service';
import { NoteRecords } from '../../src/twenty/records/note-records.service';
import { OpportunityRecords } from '../../src/twenty/records/opportunity-records.service';
import { TaskActivityRecords } from '../../src/twenty/records/task-activity-records.service';
import type { TwentyLayer } from './twenty-layer';

export interface FeedLayer {
  feed: Feed;
  audit: FeedAudit;
  /** Reads everything for the first time. */
  begin: () => Promise<void>;
  /** As at its turn, however long ago the last one was. */
  poll: () => Promise<void>;
}

/** An engine's clock that is wrong by so much. */
export class SkewedClock extends Clock {
  constructor(public aheadMs = 0) {
    super();
  }

  now(): string {
    return new Date(Date.now() + this.aheadMs).toISOString();
  }
}

/** The feed without an engine around it, and without customers: what is observed about them is decided about. */
export function feedLayer(
  { client, config }: TwentyLayer,
  dataSource: DataSource,
  clock: Clock = new SkewedClock(),
): FeedLayer {
  const settings = new SettingsService(dataSource);
  const records = new FollowedRecords(client);
  const sources: FeedSources = Object.assign(Object.create(FeedSources.prototype) as FeedSources, {
    all: [
      new OpportunitySource(new OpportunityRecords(client), settings),
      new NoteSource(new NoteRecords(client)),
      new TaskSource(new TaskActivityRecords(client), PluginManifest.load()),
      new MessageSource(new MessageRecords(client)),
      new CalendarEventSource(new CalendarEventRecords(client)),
    ],
  });
  const feed = new Feed(dataSource, records, sources, new FeedPace(dataSource, config), settings, clock);
  return {
    feed,
    audit: new FeedAudit(dataSource, records, sources, feed),
    begin: () => feed.complete(sources.all.map(({ name }) => name)),
    poll: async () => {
      await dataSource.query(`UPDATE sync_cursor SET read_at = NULL WHERE source = 'look'`);
      await feed.sync();
    },
  };
}
