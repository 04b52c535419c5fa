import { Injectable } from '@nestjs/common';
import { groupBy, nodesOf, ownChange } from './activity-mapping';
import type { ChangesPage, MeetingRecord } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import {
  ReadCalendarEventChangesDocument,
  ReadCalendarEventParticipantChangesDocument,
  ReadCalendarEventParticipantsDocument,
  ReadCalendarEventsDocument,
} from '../generated/core';
import { readChanges } from '../client/read-changes';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, RecordCursor } from './twenty.types';

const PARTICIPANTS_PER_PAGE = 1000;

@Injectable()
export class CalendarEventRecords {
  constructor(private readonly client: TwentyClient) {}

  /** @throws TwentyError */
  readChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(
      async (query) =>
        nodesOf((await this.client.request(ReadCalendarEventChangesDocument, query, options)).calendarEvents).map(
          ownChange,
        ),
      cursor,
    );
  }

  /** Who takes part: Twenty finds people and members for addresses later, too. `originId` is the event. @throws TwentyError */
  readParticipantChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(async (query) => {
      const { calendarEventParticipants } = await this.client.request(
        ReadCalendarEventParticipantChangesDocument,
        query,
        options,
      );
      return nodesOf(calendarEventParticipants).map(({ id, updatedAt, calendarEventId }) => ({
        id,
        updatedAt,
        originId: calendarEventId,
      }));
    }, cursor);
  }

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<MeetingRecord[]> {
    const records: MeetingRecord[] = [];
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const events = nodesOf(
        (await this.client.request(ReadCalendarEventsDocument, { filter, first: batch.length }, options))
          .calendarEvents,
      );
      const participants = groupBy(
        await this.readParticipants(batch, options),
        ({ calendarEventId }) => calendarEventId,
      );
      records.push(
        ...events.map(({ id, deletedAt, isCanceled, startsAt, endsAt }) => ({
          id,
          at: endsAt ?? startsAt,
          deletedAt,
          isCanceled,
          participants: (participants.get(id) ?? []).map(({ responseStatus, personId, workspaceMemberId }) => ({
            hasDeclined: responseStatus === 'DECLINED',
            personId,
            memberId: workspaceMemberId,
          })),
        })),
      );
    }
    return records;
  }

  private readParticipants(eventIds: string[], options: CallOptions) {
    const filter = { calendarEventId: { in: eventIds } };
    return readAllPages(
      async (after) =>
        (
          await this.client.request(
            ReadCalendarEventParticipantsDocument,
            { filter, first: PARTICIPANTS_PER_PAGE, after },
            options,
          )
        ).calendarEventParticipants,
    );
  }
}
