import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CalendarEventRecords } from '../../twenty/records/calendar-event-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { replaceActivities } from '../activity-rows.queries';
import { activityReading } from './activity-reading';
import type { FeedSource, SourceReading } from './feed-source';
import { strayActivities } from './stray.queries';
import { TWENTY_BATCH } from '../../twenty/client/twenty.limits';
import { meetingFacts } from './meeting-facts';

/** Meetings with people; those that are still ahead are kept, and count once they are over. */
@Injectable()
export class CalendarEventSource implements FeedSource {
  readonly name = 'CALENDAR_EVENT';
  readonly isOptional = true;
  readonly objects = ['calendarEvent', 'calendarEventParticipant'] as const;
  readonly batch = TWENTY_BATCH;

  constructor(private readonly records: CalendarEventRecords) {}

  async read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]> {
    const { records, versions } = await this.records.readByIds(ids, options);
    const facts = records.flatMap(meetingFacts);
    return [activityReading(ids, versions, (manager) => replaceActivities(manager, ids, ['MEETING'], facts))];
  }

  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
    return strayActivities(manager, 'calendarEvent', ['MEETING'], after, limit);
  }
}
