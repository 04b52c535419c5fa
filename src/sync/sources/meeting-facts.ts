import type { MeetingRecord } from '../../twenty/records/activity-records.types';
import { type ActivityFact, derivedId } from '../activity-fact';
import { membersOf, peopleOf } from './message-facts';

/** A line for each person and each member who take part and have not declined, so that the owner's presence can be asked for. */
export function meetingFacts({ id, at, deletedAt, isCanceled, participants }: MeetingRecord): ActivityFact[] {
  if (deletedAt !== null || isCanceled || at === null) return [];
  const present = participants.filter(({ hasDeclined }) => !hasDeclined);
  return peopleOf(present).flatMap((person) =>
    membersOf(present).map((memberId): ActivityFact => ({
      kind: 'MEETING',
      sourceId: derivedId(id, memberId),
      originId: id,
      target: { object: 'PERSON', id: person },
      at,
      memberId,
    })),
  );
}
