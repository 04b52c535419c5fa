import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../config/clock';
import { CalendarEventRecords } from '../../twenty/records/calendar-event-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { replaceActivities } from '../activity-rows.queries';
import { type ActivitySource, type FollowedObject, lookBack, type Store } from './activity-source';
import { knownOrigins } from '../known-origins.queries';
import { meetingFacts } from './meeting-facts';

/** Meetings with people; those that are still ahead are kept, and count once they are over. */
@Injectable()
export class CalendarEventSource implements ActivitySource {
  readonly name = 'calendarEvent';
  readonly isOptional = true;
  readonly objects: readonly FollowedObject[];

  constructor(
    private readonly records: CalendarEventRecords,
    private readonly clock: Clock,
  ) {
    this.objects = [
      { name: 'calendarEvent', readChanges: (cursor, options) => records.readChanges(cursor, options) },
      {
        name: 'calendarEventParticipant',
        readChanges: (cursor, options) => records.readParticipantChanges(cursor, options),
      },
    ];
  }

  async read(ids: readonly string[], options: CallOptions): Promise<Store> {
    const facts = (await this.records.readByIds(ids, options)).flatMap(meetingFacts);
    return (manager) => replaceActivities(manager, ids, ['MEETING'], facts);
  }

  known(manager: EntityManager): Promise<string[]> {
    return knownOrigins(manager, ['MEETING'], lookBack(this.clock.now()));
  }
}
