import type {
  MeetingRecord,
  MessageRecord,
  NoteRecord,
  OpportunityRecord,
  TaskRecord,
} from '../../twenty/records/activity-records.types';
import type { RecordActor } from '../../twenty/records/twenty.types';
import { followUpAuthor, followUpNoteId } from './follow-up-note-id';
import { meetingFacts } from './meeting-facts';
import { messageFacts } from './message-facts';
import { noteFacts } from './note-facts';
import { type KnownOpportunity, opportunityFacts } from './opportunity-facts';
import { taskFacts } from './task-facts';

const [tom, emma, person, customer] = ['tom', 'emma', 'person', 'customer'].map(
  (_, index) => `00000000-0000-4000-8000-00000000000${index + 1}`,
) as [string, string, string, string];
const company = { object: 'COMPANY', id: customer } as const;
const by = (memberId: string | null, source = 'MANUAL'): RecordActor => ({
  source,
  workspaceMemberId: memberId,
  name: 'x',
});
const [monday, tuesday, friday] = ['2026-03-02T09:00:00.000Z', '2026-03-03T09:00:00.000Z', '2026-03-06T09:00:00.000Z'];

describe('notes', () => {
  const note: NoteRecord = {
    id: 'n',
    createdAt: monday,
    deletedAt: null,
    createdBy: by(tom),
    targets: [company, { object: 'PERSON', id: person }],
  };

  it('should count for everything they are linked to, from when they were written, by who wrote them', () => {
    expect(noteFacts(note, null)).toMatchObject([
      { kind: 'NOTE', at: monday, memberId: tom, target: company },
      { kind: 'NOTE', at: monday, memberId: tom, target: { object: 'PERSON', id: person } },
    ]);
  });

  it.each([
    ['a deleted one', { deletedAt: friday }],
    ['one of an API key', { createdBy: by(null, 'API') }],
    ['one of another app', { createdBy: by(null, 'APPLICATION') }],
    ['one that a workflow of a member wrote', { createdBy: by(tom, 'WORKFLOW') }],
    ['one that a member imported', { createdBy: by(tom, 'IMPORT') }],
    ['one that is linked to nothing', { targets: [] }],
  ])('should not count: %s', (_, change) => {
    expect(noteFacts({ ...note, ...change }, null)).toEqual([]);
  });

  it('should count as the follow-up of the member who logged it', () => {
    expect(noteFacts({ ...note, createdBy: by(null, 'APPLICATION'), targets: [company] }, emma)).toMatchObject([
      { kind: 'FOLLOW_UP', memberId: emma, target: company },
    ]);
  });

  it('should tell the author of a logged follow-up from the id of its note, and nobody for any other note', () => {
    const id = followUpNoteId(tom);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(followUpAuthor(id.toUpperCase(), [emma, tom])).toBe(tom);
    expect(followUpAuthor(id, [emma])).toBeNull();
    expect(followUpAuthor('5a1f7c52-7d53-4c2e-9a2b-0f4c1f6f2d11', [emma, tom])).toBeNull();
    expect(followUpNoteId(tom)).not.toBe(id);
  });
});

describe('tasks', () => {
  const task: TaskRecord = {
    id: 't',
    createdAt: monday,
    updatedAt: tuesday,
    deletedAt: null,
    isDone: false,
    dueAt: friday,
    assigneeId: tom,
    createdBy: by(emma),
    updatedBy: by(emma),
    targets: [company],
  };

  it('should be a plan of the assignee while they are open and due', () => {
    expect(taskFacts(task, null)).toEqual({
      activities: [],
      plans: [{ taskId: 't', target: company, memberId: tom, dueAt: friday }],
    });
    expect(taskFacts({ ...task, dueAt: null }, null).plans).toEqual([]);
    expect(taskFacts({ ...task, assigneeId: null }, null).plans).toEqual([]);
  });

  it("should be the assignee's work when done, whoever ticked them off", () => {
    expect(taskFacts({ ...task, isDone: true }, null)).toMatchObject({
      activities: [{ kind: 'TASK_COMPLETED', at: tuesday, memberId: tom }],
      plans: [],
    });
    expect(taskFacts({ ...task, isDone: true, assigneeId: null }, null).activities).toMatchObject([{ memberId: emma }]);
    expect(taskFacts({ ...task, isDone: true, assigneeId: null, updatedBy: by(null, 'API') }, null).activities).toEqual(
      [],
    );
    expect(taskFacts({ ...task, isDone: true, updatedBy: by(null, 'WORKFLOW') }, null).activities).toEqual([]);
  });

  it('should stay completed when and by whom they were first seen to be', () => {
    const later = { ...task, isDone: true, updatedAt: friday, assigneeId: emma };
    expect(taskFacts(later, { at: tuesday, memberId: tom }).activities).toMatchObject([{ at: tuesday, memberId: tom }]);
  });

  it('should be nothing when deleted', () => {
    expect(taskFacts({ ...task, isDone: true, deletedAt: friday }, null)).toEqual({ activities: [], plans: [] });
  });
});

describe('opportunities', () => {
  const stages = { order: ['NEW', 'MEETING', 'PROPOSAL', 'CUSTOMER', 'LOST'], won: ['CUSTOMER'], lost: ['LOST'] };
  const record: OpportunityRecord = {
    id: '20000000-0000-4000-8000-000000000001',
    createdAt: monday,
    updatedAt: friday,
    deletedAt: null,
    stage: 'PROPOSAL',
    companyId: customer,
    personId: null,
    ownerId: tom,
    createdBy: by(emma),
    updatedBy: by(emma),
  };
  const known = (stage: string, wonAt: string | null = null): KnownOpportunity => ({ stage, wonAt });

  it('should be created by who made them, else by who has them', () => {
    expect(opportunityFacts(record, null, stages).created).toMatchObject({
      kind: 'OPPORTUNITY_CREATED',
      at: monday,
      memberId: emma,
    });
    expect(opportunityFacts({ ...record, createdBy: by(null, 'API') }, null, stages).created).toMatchObject({
      memberId: tom,
    });
    expect(opportunityFacts({ ...record, createdBy: by(null, 'API'), ownerId: null }, null, stages).created).toBeNull();
  });

  it('should advance when the stage moves forward in the order of the workspace, and only then', () => {
    expect(opportunityFacts(record, known('NEW'), stages).advanced).toMatchObject({
      kind: 'STAGE_ADVANCED',
      at: friday,
      memberId: emma,
    });
    expect(opportunityFacts(record, known('PROPOSAL'), stages).advanced).toBeNull();
    expect(opportunityFacts(record, known('CUSTOMER'), stages).advanced).toBeNull();
    expect(opportunityFacts({ ...record, stage: 'LOST' }, known('NEW'), stages).advanced).toBeNull();
    expect(opportunityFacts(record, known('RENAMED'), stages).advanced).toBeNull();
  });

  it('should know each stage of an opportunity by an id of its own, the same every time', () => {
    const ids = ['MEETING', 'PROPOSAL', 'PROPOSAL'].map(
      (stage) => opportunityFacts({ ...record, stage }, known('NEW'), stages).advanced?.sourceId,
    );
    expect(ids[1]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('should not lose a move that came before the first reading', () => {
    expect(opportunityFacts(record, null, stages).advanced).toMatchObject({ at: friday });
    expect(opportunityFacts({ ...record, updatedAt: monday }, null, stages).advanced).toBeNull();
    expect(opportunityFacts({ ...record, updatedBy: by(null, 'APPLICATION') }, null, stages).advanced).toBeNull();
  });

  it('should count as won since first seen won, as long as they are', () => {
    const won = { ...record, stage: 'CUSTOMER' };
    expect(opportunityFacts(won, known('NEW'), stages).wonAt).toBe(friday);
    expect(opportunityFacts(won, known('CUSTOMER', tuesday), stages).wonAt).toBe(tuesday);
    expect(opportunityFacts(record, known('CUSTOMER', tuesday), stages).wonAt).toBeNull();
  });
});

describe('e-mails', () => {
  const participant = (role: string, personId: string | null, memberId: string | null = null) => ({
    role,
    personId,
    memberId,
  });
  const outgoing: MessageRecord = {
    id: 'm',
    at: monday,
    deletedAt: null,
    isDraft: false,
    isCampaign: false,
    deliveryStatus: null,
    directions: ['OUTGOING'],
    participants: [
      participant('FROM', null, tom),
      participant('TO', person),
      participant('CC', 'p2'),
      participant('CC', 'colleague', emma),
    ],
  };
  const incoming: MessageRecord = {
    ...outgoing,
    directions: ['INCOMING'],
    participants: [participant('FROM', person), participant('TO', null, tom), participant('CC', null, emma)],
  };

  it('should be sent by the member they are from, to each person and to no colleague', () => {
    expect(messageFacts(outgoing)).toMatchObject([
      { kind: 'EMAIL_SENT', memberId: tom, target: { object: 'PERSON', id: person } },
      { kind: 'EMAIL_SENT', memberId: tom, target: { object: 'PERSON', id: 'p2' } },
    ]);
  });

  it('should be received for each member they went to, and for nobody in a mailbox of no member', () => {
    const facts = messageFacts(incoming);
    expect(facts).toMatchObject([
      { kind: 'EMAIL_RECEIVED', memberId: tom },
      { kind: 'EMAIL_RECEIVED', memberId: emma },
    ]);
    expect(new Set(facts.map(({ sourceId }) => sourceId)).size).toBe(2);
    expect(messageFacts({ ...incoming, participants: [participant('FROM', person)] })).toMatchObject([
      { memberId: null, target: { id: person } },
    ]);
  });

  it.each([
    ['a draft', { isDraft: true }],
    ['a campaign', { isCampaign: true }],
    ['one that failed', { deliveryStatus: 'FAILED' }],
    ['one that bounced', { deliveryStatus: 'BOUNCED' }],
    ['one not sent yet', { deliveryStatus: 'QUEUED' }],
    ['a deleted one', { deletedAt: friday }],
    ['one in no mailbox', { directions: [] }],
  ])('should not count: %s', (_, change) => {
    expect(messageFacts({ ...outgoing, ...change })).toEqual([]);
  });
});

describe('meetings', () => {
  const meeting: MeetingRecord = {
    id: 'c',
    at: friday,
    deletedAt: null,
    isCanceled: false,
    participants: [
      { hasDeclined: false, personId: person, memberId: null },
      { hasDeclined: false, personId: null, memberId: tom },
      { hasDeclined: false, personId: null, memberId: emma },
      { hasDeclined: true, personId: 'absent', memberId: null },
    ],
  };

  it('should count for every person with every member who was there', () => {
    const facts = meetingFacts(meeting);
    expect(facts).toMatchObject([
      { kind: 'MEETING', at: friday, memberId: tom, originId: 'c', target: { object: 'PERSON', id: person } },
      { kind: 'MEETING', at: friday, memberId: emma, originId: 'c', target: { object: 'PERSON', id: person } },
    ]);
    expect(facts[0]?.sourceId).not.toBe(facts[1]?.sourceId);
  });

  it.each([
    ['a cancelled one', { isCanceled: true }],
    ['a deleted one', { deletedAt: friday }],
    ['one without a time', { at: null }],
  ])('should not count: %s', (_, change) => {
    expect(meetingFacts({ ...meeting, ...change })).toEqual([]);
  });
});
