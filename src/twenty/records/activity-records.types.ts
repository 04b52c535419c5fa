import type { FollowedName } from './followed-records.service';
import type { Instant, RecordActor } from './twenty.types';

/** What a note or task is linked to. */
export interface RecordTarget {
  object: 'COMPANY' | 'PERSON' | 'OPPORTUNITY';
  id: string;
}

/** A record changed; `originId` is the note, task, message, … that it is or belongs to (null: to none). */
export interface RecordChange {
  id: string;
  updatedAt: Instant;
  originId: string | null;
}

/** A record as it was when it was read whole; links and participants are records, too. */
export interface RecordVersion extends RecordChange {
  object: FollowedName;
}

export interface RecordsRead<T> {
  records: T[];
  /** Of the records and of all that was read with them. */
  versions: RecordVersion[];
}

export interface NoteRecord {
  id: string;
  createdAt: Instant;
  deletedAt: Instant | null;
  createdBy: RecordActor | null;
  targets: RecordTarget[];
}

export interface TaskRecord extends NoteRecord {
  updatedAt: Instant;
  isDone: boolean;
  dueAt: Instant | null;
  assigneeId: string | null;
  updatedBy: RecordActor | null;
}

export interface OpportunityRecord {
  id: string;
  createdAt: Instant;
  updatedAt: Instant;
  deletedAt: Instant | null;
  stage: string;
  companyId: string | null;
  /** Point of contact. */
  personId: string | null;
  ownerId: string | null;
  createdBy: RecordActor | null;
  updatedBy: RecordActor | null;
}

export interface MessageRecord {
  id: string;
  /** When it was sent or received. */
  at: Instant;
  deletedAt: Instant | null;
  isDraft: boolean;
  /** Sent by a campaign, not by a person. */
  isCampaign: boolean;
  /** Null for mail that came in or that a mailbox sent by itself. */
  deliveryStatus: string | null;
  /** As the mailboxes that have it say. */
  directions: ('INCOMING' | 'OUTGOING')[];
  participants: { role: string; personId: string | null; memberId: string | null }[];
}

export interface MeetingRecord {
  id: string;
  /** When it is over; when it starts if that is not said. Null: no time is known. */
  at: Instant | null;
  deletedAt: Instant | null;
  isCanceled: boolean;
  participants: { hasDeclined: boolean; personId: string | null; memberId: string | null }[];
}
