import { field, manyToOne, oneToMany, select, systemField, type FieldDraft } from './field-factory';

interface CorrespondenceObject {
  name: string;
  plural: string;
  labelIdentifier: string;
  universalIdentifier: string;
  fields: FieldDraft[];
}

const STAMPS = ['id', 'createdAt', 'updatedAt', 'deletedAt', 'createdBy', 'updatedBy', 'position', 'searchVector'].map(
  systemField,
);
const required = (draft: FieldDraft): FieldDraft => ({ ...draft, isNullable: false });
const flag = (name: string) => field(name, 'BOOLEAN', { isNullable: false, defaultValue: false });

/** Mail and calendar as Twenty's own sync leaves them. Apps bring nothing to these objects, so their fields need no public identifiers. */
export const CORRESPONDENCE_OBJECTS: CorrespondenceObject[] = [
  {
    name: 'messageCampaign',
    plural: 'messageCampaigns',
    labelIdentifier: 'subject',
    universalIdentifier: '238acb94-dd4c-4036-bc55-19b99d821efd',
    fields: [...STAMPS, field('subject', 'TEXT'), oneToMany('messages', 'message', 'messageCampaign')],
  },
  {
    name: 'message',
    plural: 'messages',
    labelIdentifier: 'subject',
    universalIdentifier: '20202020-3f6b-4425-80ab-e468899ab4b2',
    fields: [
      ...STAMPS,
      field('headerMessageId', 'TEXT'),
      field('subject', 'TEXT'),
      field('text', 'TEXT'),
      field('receivedAt', 'DATE_TIME'),
      select('deliveryStatus', ['QUEUED', 'SENT', 'FAILED', 'BOUNCED', 'COMPLAINED', 'SKIPPED']),
      flag('isDraft'),
      manyToOne('messageCampaign', 'messageCampaign', 'messages', 'SET_NULL'),
      oneToMany('messageParticipants', 'messageParticipant', 'message'),
      oneToMany('messageChannelMessageAssociations', 'messageChannelMessageAssociation', 'message'),
    ],
  },
  {
    name: 'messageParticipant',
    plural: 'messageParticipants',
    labelIdentifier: 'handle',
    universalIdentifier: '20202020-a433-4456-aa2d-fd9cb26b774a',
    fields: [
      ...STAMPS,
      select('role', ['FROM', 'TO', 'CC', 'BCC', 'REPLY_TO'], { isNullable: false, defaultValue: 'FROM' }),
      field('handle', 'TEXT'),
      field('displayName', 'TEXT'),
      required(manyToOne('message', 'message', 'messageParticipants', 'CASCADE')),
      manyToOne('person', 'person', 'messageParticipants', 'SET_NULL'),
      manyToOne('workspaceMember', 'workspaceMember', 'messageParticipants', 'SET_NULL'),
    ],
  },
  {
    name: 'messageChannelMessageAssociation',
    plural: 'messageChannelMessageAssociations',
    labelIdentifier: 'id',
    universalIdentifier: '20202020-ad1e-4127-bccb-d83ae04d2ccb',
    fields: [
      ...STAMPS,
      field('messageExternalId', 'TEXT'),
      field('messageThreadExternalId', 'TEXT'),
      select('direction', ['INCOMING', 'OUTGOING'], { isNullable: false, defaultValue: 'INCOMING' }),
      field('messageChannelId', 'UUID'),
      manyToOne('message', 'message', 'messageChannelMessageAssociations', 'CASCADE'),
    ],
  },
  {
    name: 'calendarEvent',
    plural: 'calendarEvents',
    labelIdentifier: 'title',
    universalIdentifier: '20202020-8f1d-4eef-9f85-0d1965e27221',
    fields: [
      ...STAMPS,
      field('title', 'TEXT'),
      flag('isCanceled'),
      flag('isFullDay'),
      field('startsAt', 'DATE_TIME'),
      field('endsAt', 'DATE_TIME'),
      field('description', 'TEXT'),
      field('location', 'TEXT'),
      oneToMany('calendarEventParticipants', 'calendarEventParticipant', 'calendarEvent'),
    ],
  },
  {
    name: 'calendarEventParticipant',
    plural: 'calendarEventParticipants',
    labelIdentifier: 'handle',
    universalIdentifier: '20202020-a1c3-47a6-9732-27e5b1e8436d',
    fields: [
      ...STAMPS,
      field('handle', 'TEXT'),
      field('displayName', 'TEXT'),
      flag('isOrganizer'),
      select('responseStatus', ['NEEDS_ACTION', 'DECLINED', 'TENTATIVE', 'ACCEPTED'], {
        isNullable: false,
        defaultValue: 'NEEDS_ACTION',
      }),
      required(manyToOne('calendarEvent', 'calendarEvent', 'calendarEventParticipants', 'CASCADE')),
      manyToOne('person', 'person', 'calendarEventParticipants', 'SET_NULL'),
      manyToOne('workspaceMember', 'workspaceMember', 'calendarEventParticipants', 'SET_NULL'),
    ],
  },
];

/** docs/twenty-platform.md#8-engine-credentials: these are open to every caller's eyes, whatever the role says. */
export const OPEN_TO_READERS: ReadonlySet<string> = new Set(
  CORRESPONDENCE_OBJECTS.map(({ name }) => name).filter((name) => name !== 'messageCampaign'),
);
