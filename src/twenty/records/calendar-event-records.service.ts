import { Injectable } from '@nestjs/common';
import { groupBy, nodesOf, versionsOf } from './activity-mapping';
import type { MeetingRecord, RecordsRead } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import { ReadCalendarEventParticipantsDocument, ReadCalendarEventsDocument } from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

const PARTICIPANTS_PER_PAGE = 1000;

@Injectable()
export class CalendarEventRecords {
  constructor(private readonly client: TwentyClient) {}

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<RecordsRead<MeetingRecord>> {
    const read: RecordsRead<MeetingRecord> = { records: [], versions: [] };
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const events = nodesOf(
        (await this.client.request(ReadCalendarEventsDocument, { filter, first: batch.length }, options))
          .calendarEvents,
      );
      const participantNodes = await this.readParticipants(batch, options);
      read.versions.push(
        ...versionsOf('calendarEvent', events),
        ...versionsOf('calendarEventParticipant', participantNodes, ({ calendarEventId }) => calendarEventId),
      );
      const participants = groupBy(participantNodes, ({ calendarEventId }) => calendarEventId);
      read.records.push(
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
    return read;
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
