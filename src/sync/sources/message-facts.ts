import type { MessageRecord } from '../../twenty/records/activity-records.types';
import { type ActivityFact, derivedId } from '../activity-fact';

/** Mail that never left, or never arrived, is nobody's work on a customer. */
const delivered = new Set([null, 'SENT', 'COMPLAINED']);

/**
 * Sent: by the member it is from, to every person it went to. Received: from a person, for each member it went to; nobody's when
 * it went to a mailbox of no member. Drafts and campaigns never count.
 */
export function messageFacts(message: MessageRecord): ActivityFact[] {
  if (message.deletedAt !== null || message.isDraft || message.isCampaign) return [];
  const senders = message.participants.filter(({ role }) => role === 'FROM');
  const receivers = message.participants.filter(({ role }) => role === 'TO' || role === 'CC' || role === 'BCC');
  const sender = senders.find(({ memberId }) => memberId !== null)?.memberId;
  if (sender) {
    const wasSent = message.directions.includes('OUTGOING') && delivered.has(message.deliveryStatus);
    return wasSent ? sent(message, sender, peopleOf(receivers)) : [];
  }
  return message.directions.includes('INCOMING') ? received(message, peopleOf(senders), membersOf(receivers)) : [];
}

function sent({ id, at }: MessageRecord, memberId: string, people: string[]): ActivityFact[] {
  return people.map((person) => ({
    kind: 'EMAIL_SENT',
    sourceId: id,
    originId: id,
    target: { object: 'PERSON', id: person },
    at,
    memberId,
  }));
}

function received({ id, at }: MessageRecord, people: string[], members: string[]): ActivityFact[] {
  const doers =
    members.length > 0
      ? members.map((memberId) => ({ sourceId: derivedId(id, memberId), memberId }))
      : [{ sourceId: id, memberId: null }];
  return people.flatMap((person) =>
    doers.map((doer): ActivityFact => ({
      kind: 'EMAIL_RECEIVED',
      ...doer,
      originId: id,
      target: { object: 'PERSON', id: person },
      at,
    })),
  );
}

type Participant = Pick<MessageRecord['participants'][number], 'personId' | 'memberId'>;

/** A colleague who is also kept as a person is a colleague. */
export function peopleOf(participants: readonly Participant[]): string[] {
  return [
    ...new Set(
      participants.flatMap(({ personId, memberId }) => (personId !== null && memberId === null ? [personId] : [])),
    ),
  ];
}

export function membersOf(participants: readonly Participant[]): string[] {
  return [...new Set(participants.flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))];
}
