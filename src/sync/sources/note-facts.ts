import type { NoteRecord } from '../../twenty/records/activity-records.types';
import { type ActivityFact, memberBehind } from '../activity-fact';

/** @param followUpBy the member whose logged follow-up it is; null: an ordinary note */
export function noteFacts(note: NoteRecord, followUpBy: string | null): ActivityFact[] {
  const memberId = followUpBy ?? memberBehind(note.createdBy);
  if (note.deletedAt !== null || memberId === null) return [];
  return note.targets.map((target) => ({
    kind: followUpBy ? 'FOLLOW_UP' : 'NOTE',
    sourceId: note.id,
    originId: note.id,
    target,
    at: note.createdAt,
    memberId,
  }));
}
