import { createHmac, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type FactsRequest, gatherFacts } from '../../src/idle-clock/clock-facts.queries';
import { WorkspaceSettings } from '../../src/settings/workspace-settings';
import { createDataSource } from '../../src/storage/data-source';
import { eventually } from '../support/highseas-eventually';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

interface ActivityRow {
  kind: string;
  target: string;
  member: string | null;
  at: string;
}

describe('facts of the idle clock', () => {
  let world: HighseasWorld;
  let database: DataSource;
  let tom: Member;
  let emma: Member;
  const ids = { company: '', person: '', other: '', reminded: '' };
  const longAgo = '2026-01-05T09:00:00.000Z';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        // The sample's pool of people takes what was imported.
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        const owner = { accountOwnerId: twenty.member('tom.baker').id };
        ids.company = twenty.seedCompany(owner);
        ids.other = twenty.seedCompany(owner);
        ids.person = twenty.seedPerson({ companyId: ids.company, ownerId: twenty.member('tom.baker').id, ...imported });
      },
    });
    database = await createDataSource(world.database.url).initialize();
    tom = world.twenty.member('tom.baker');
    emma = world.twenty.member('emma.clark');
  });
  afterAll(async () => {
    await database?.destroy();
    await world?.close();
  });

  const rowsOf = async (originId: string): Promise<ActivityRow[]> =>
    (
      await world.rows<{ kind: string; target_id: string; member_id: string | null; at: Date }>(
        'SELECT kind, target_id, member_id, at FROM activity WHERE origin_id = $1 ORDER BY kind, target_id, member_id, at',
        [originId],
      )
    ).map(({ kind, target_id, member_id, at }) => ({
      kind,
      target: target_id,
      member: member_id,
      at: at.toISOString(),
    }));
  const expectRows = (originId: string, rows: Partial<ActivityRow>[]) =>
    eventually(async () => {
      const found = await rowsOf(originId);
      expect(found).toHaveLength(rows.length);
      expect(found).toEqual(expect.arrayContaining(rows.map((row) => expect.objectContaining(row))));
    });
  const lastActivity = async (
    object: 'COMPANY' | 'PERSON',
    recordId: string,
    change: Partial<WorkspaceSettings> = {},
  ) => {
    const request: FactsRequest = { object, recordId, ownerId: tom.id };
    const facts = await gatherFacts(
      database.manager,
      [request],
      Object.assign(new WorkspaceSettings(), change),
      new Date(Date.now() + 1000).toISOString(),
    );
    return facts.get(recordId);
  };
  const noteOn = async (who: Member, ...targets: Record<string, string>[]): Promise<string> => {
    const id = await world.twenty.create(who, 'Note', { title: 'Called' });
    for (const target of targets) await world.twenty.create(who, 'NoteTarget', { noteId: id, ...target });
    return id;
  };
  const now = () => world.sandbox.clock.iso();

  it('should count a note for what it is linked to, also when it is linked later', async () => {
    const id = await noteOn(tom);
    await expectRows(id, []);
    await world.twenty.create(emma, 'NoteTarget', { noteId: id, targetCompanyId: ids.company });
    await expectRows(id, [
      { kind: 'NOTE', target: ids.company, member: tom.id, at: String(world.twenty.get('note', id)?.['createdAt']) },
    ]);
    await world.twenty.create(tom, 'NoteTarget', { noteId: id, targetPersonId: ids.person });
    await expectRows(id, [{ target: ids.company }, { target: ids.person }]);
  });

  it('should follow a note that is linked elsewhere, unlinked, deleted, restored and destroyed', async () => {
    const id = await noteOn(tom, { targetCompanyId: ids.company });
    const link = world.twenty.all('noteTarget').find(({ noteId }) => noteId === id)?.id ?? '';
    await expectRows(id, [{ target: ids.company }]);
    await world.twenty.edit(tom, 'NoteTarget', link, { targetCompanyId: ids.other });
    await expectRows(id, [{ target: ids.other }]);
    await world.twenty.change(tom, 'delete', 'NoteTarget', link);
    await expectRows(id, []);
    await world.twenty.change(tom, 'restore', 'NoteTarget', link);
    await expectRows(id, [{ target: ids.other }]);
    await world.twenty.change(tom, 'delete', 'Note', id);
    await expectRows(id, []);
    await world.twenty.change(tom, 'restore', 'Note', id);
    await expectRows(id, [{ target: ids.other }]);
    await world.twenty.change(tom, 'destroy', 'Note', id);
    await expectRows(id, []);
  });

  it('should count an activity on a person for the person and their company, of the owner alone unless set otherwise', async () => {
    const before = (await lastActivity('COMPANY', ids.company))?.lastActivityAt;
    const emmas = await noteOn(emma, { targetPersonId: ids.person });
    await expectRows(emmas, [{ member: emma.id }]);
    const writtenByEmma = String(world.twenty.get('note', emmas)?.['createdAt']);
    expect((await lastActivity('COMPANY', ids.company))?.lastActivityAt).toBe(before);
    for (const [object, id] of [
      ['COMPANY', ids.company],
      ['PERSON', ids.person],
    ] as const) {
      expect(await lastActivity(object, id, { ONLY_OWNER_ACTIVITY_COUNTS: false })).toMatchObject({
        lastActivityAt: writtenByEmma,
        lastActivityBy: emma.id,
      });
    }
    const toms = await noteOn(tom, { targetPersonId: ids.person });
    await expectRows(toms, [{ member: tom.id }]);
    const written = String(world.twenty.get('note', toms)?.['createdAt']);
    for (const [object, id] of [
      ['COMPANY', ids.company],
      ['PERSON', ids.person],
    ] as const) {
      expect(await lastActivity(object, id)).toMatchObject({
        lastActivityAt: written,
        lastActivityKind: 'NOTE',
        lastActivityBy: tom.id,
      });
    }
    // The clocks of both are computed again.
    await eventually(async () => {
      const rows = await world.rows<{ last_activity_at: Date | null }>(
        'SELECT last_activity_at FROM customer WHERE record_id = ANY($1)',
        [[ids.company, ids.person]],
      );
      expect(rows.map(({ last_activity_at }) => last_activity_at?.toISOString())).toEqual([written, written]);
    });
  });

  it('should take an open task for a plan, and a finished one for work, since it was first seen finished', async () => {
    const dueAt = new Date(Date.now() + 86_400_000).toISOString();
    const id = await world.twenty.create(emma, 'Task', { title: 'Call', status: 'TODO', dueAt, assigneeId: tom.id });
    await world.twenty.create(emma, 'TaskTarget', { taskId: id, targetCompanyId: ids.company });
    const plans = () =>
      world.rows<{ member_id: string; due_at: Date }>('SELECT member_id, due_at FROM plan WHERE task_id = $1', [id]);
    await eventually(async () => expect(await plans()).toEqual([{ member_id: tom.id, due_at: new Date(dueAt) }]));
    expect(await lastActivity('COMPANY', ids.company)).toMatchObject({ planDueAt: dueAt });

    await world.twenty.edit(emma, 'Task', id, { status: 'DONE' });
    const doneAt = String(world.twenty.get('task', id)?.['updatedAt']);
    await expectRows(id, [{ kind: 'TASK_COMPLETED', target: ids.company, member: tom.id, at: doneAt }]);
    expect(await plans()).toEqual([]);
    await world.twenty.edit(emma, 'Task', id, { title: 'Called', assigneeId: emma.id });
    await world.twenty.create(emma, 'TaskTarget', { taskId: id, targetPersonId: ids.person });
    await expectRows(id, [
      { target: ids.company, member: tom.id, at: doneAt },
      { target: ids.person, member: tom.id, at: doneAt },
    ]);
    await world.twenty.edit(emma, 'Task', id, { status: 'TODO', dueAt: null });
    await expectRows(id, []);
  });

  it("should count none of the engine's own reminders, done or not", async () => {
    const id = randomUUID();
    await world.sql.query(
      `INSERT INTO reminder_digest (id, member_id, audience, run_on, created_at) VALUES ($1, $2, 'OWNER', '2026-03-02', now())`,
      [id, tom.id],
    );
    await world.twenty.create(tom, 'Task', { id, title: 'Due soon', status: 'DONE', assigneeId: tom.id });
    await world.twenty.create(tom, 'TaskTarget', { taskId: id, targetCompanyId: ids.company });
    const own = await world.twenty.create(tom, 'Task', { title: 'Mine', status: 'DONE', assigneeId: tom.id });
    await world.twenty.create(tom, 'TaskTarget', { taskId: own, targetCompanyId: ids.company });
    await expectRows(own, [{ kind: 'TASK_COMPLETED' }]);
    expect(await rowsOf(id)).toEqual([]);
  });

  it('should follow opportunities: created, moved forward, back and won, for company and contact', async () => {
    const id = await world.twenty.create(tom, 'Opportunity', {
      name: 'Deal',
      companyId: ids.other,
      pointOfContactId: ids.person,
      ownerId: tom.id,
      stage: 'NEW',
    });
    await expectRows(id, [{ kind: 'OPPORTUNITY_CREATED', target: id, member: tom.id }]);
    await world.twenty.edit(tom, 'Opportunity', id, { stage: 'MEETING' });
    const movedAt = String(world.twenty.get('opportunity', id)?.['updatedAt']);
    await expectRows(id, [{ kind: 'OPPORTUNITY_CREATED' }, { kind: 'STAGE_ADVANCED', at: movedAt, member: tom.id }]);
    for (const [object, record] of [
      ['COMPANY', ids.other],
      ['PERSON', ids.person],
    ] as const) {
      expect(await lastActivity(object, record)).toMatchObject({
        lastActivityAt: movedAt,
        lastActivityKind: 'STAGE_ADVANCED',
        hasOpenOpportunity: true,
        isWon: false,
      });
    }
    await world.twenty.edit(tom, 'Opportunity', id, { stage: 'NEW', name: 'Back' });
    await world.twenty.edit(tom, 'Opportunity', id, { stage: 'CUSTOMER' });
    const wonAt = String(world.twenty.get('opportunity', id)?.['updatedAt']);
    await eventually(async () =>
      expect(await lastActivity('COMPANY', ids.other)).toMatchObject({
        isWon: true,
        lastWonAt: wonAt,
        hasOpenOpportunity: false,
      }),
    );
    await world.twenty.edit(tom, 'Opportunity', id, { name: 'Renamed', companyId: null });
    await eventually(async () =>
      expect(await lastActivity('COMPANY', ids.other)).toMatchObject({ isWon: false, lastWonAt: null }),
    );
    await eventually(async () =>
      expect(await lastActivity('PERSON', ids.person)).toMatchObject({ isWon: true, lastWonAt: wonAt }),
    );
    await world.twenty.change(tom, 'destroy', 'Opportunity', id);
    await expectRows(id, []);
    expect(await world.rows('SELECT 1 FROM opportunity WHERE id = $1', [id])).toEqual([]);
  });

  it('should count e-mails between members and people, also when Twenty finds the person later', async () => {
    const { twenty } = world;
    const sent = twenty.seed('message', { subject: 'Offer', receivedAt: longAgo });
    twenty.seed('messageChannelMessageAssociation', { messageId: sent, direction: 'OUTGOING' });
    twenty.seed('messageParticipant', { messageId: sent, role: 'FROM', workspaceMemberId: tom.id });
    const recipient = twenty.seed('messageParticipant', { messageId: sent, role: 'TO', handle: 'li@example.com' });
    const draft = twenty.seed('message', { isDraft: true });
    twenty.seed('messageChannelMessageAssociation', { messageId: draft, direction: 'OUTGOING' });
    twenty.seed('messageParticipant', { messageId: draft, role: 'FROM', workspaceMemberId: tom.id });
    twenty.seed('messageParticipant', { messageId: draft, role: 'TO', personId: ids.person });
    const received = twenty.seed('message', { receivedAt: longAgo });
    twenty.seed('messageChannelMessageAssociation', { messageId: received, direction: 'INCOMING' });
    twenty.seed('messageParticipant', { messageId: received, role: 'FROM', personId: ids.person });
    twenty.seed('messageParticipant', { messageId: received, role: 'TO', workspaceMemberId: tom.id });
    await expectRows(received, [{ kind: 'EMAIL_RECEIVED', target: ids.person, member: tom.id, at: longAgo }]);
    expect(await rowsOf(sent)).toEqual([]);
    expect(await rowsOf(draft)).toEqual([]);
    twenty.patch('messageParticipant', recipient, { personId: ids.person, updatedAt: now() });
    await expectRows(sent, [{ kind: 'EMAIL_SENT', target: ids.person, member: tom.id, at: longAgo }]);
  });

  it('should count meetings for those who took part, until they are cancelled', async () => {
    const { twenty } = world;
    const id = twenty.seed('calendarEvent', { title: 'Demo', startsAt: longAgo, endsAt: '2026-01-05T10:00:00.000Z' });
    twenty.seed('calendarEventParticipant', { calendarEventId: id, personId: ids.person, responseStatus: 'ACCEPTED' });
    for (const member of [tom, emma])
      twenty.seed('calendarEventParticipant', { calendarEventId: id, workspaceMemberId: member.id });
    await expectRows(id, [
      { kind: 'MEETING', target: ids.person, member: tom.id, at: '2026-01-05T10:00:00.000Z' },
      { kind: 'MEETING', target: ids.person, member: emma.id, at: '2026-01-05T10:00:00.000Z' },
    ]);
    twenty.patch('calendarEvent', id, { isCanceled: true, updatedAt: now() });
    await expectRows(id, []);
  });

  it('should end the same when every webhook is lost', async () => {
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    try {
      const kept = await noteOn(tom, { targetCompanyId: ids.company });
      const deleted = await noteOn(tom, { targetCompanyId: ids.company });
      const moved = await noteOn(tom, { targetCompanyId: ids.company });
      await expectRows(deleted, [{ kind: 'NOTE' }]);
      await world.twenty.change(tom, 'delete', 'Note', deleted);
      const link = world.twenty.all('noteTarget').find(({ noteId }) => noteId === moved)?.id ?? '';
      await world.twenty.edit(tom, 'NoteTarget', link, { targetCompanyId: ids.other });
      await expectRows(kept, [{ target: ids.company }]);
      await expectRows(deleted, []);
      await expectRows(moved, [{ target: ids.other }]);
    } finally {
      world.sandbox.setFaults({});
    }
  });

  it('should not be moved by doubled, late, reordered and forged notifications', async () => {
    const id = await noteOn(tom, { targetCompanyId: ids.company });
    await expectRows(id, [{ kind: 'NOTE' }]);
    const created = world.twenty.get('note', id);
    await world.twenty.change(tom, 'delete', 'Note', id);
    await expectRows(id, []);
    const [workspace] = await world.rows<{ webhook_secret: string }>('SELECT webhook_secret FROM workspace');
    const deliver = async (eventName: string, record: unknown, secret = workspace?.webhook_secret ?? '') => {
      const body = JSON.stringify({ eventName, record });
      const timestamp = String(Date.now());
      const response = await fetch(`${world.engine.url}/webhooks/twenty`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-twenty-webhook-timestamp': timestamp,
          'x-twenty-webhook-signature': createHmac('sha256', secret).update(`${timestamp}:${body}`).digest('hex'),
        },
        body,
      });
      return response.status;
    };
    for (const eventName of ['note.deleted', 'note.created', 'note.updated', 'note.created', 'note.destroyed'])
      expect(await deliver(eventName, created)).toBe(204);
    expect(await deliver('noteTarget.created', { id: randomUUID(), noteId: 'no uuid' })).toBe(204);
    expect(await deliver('note.created', null)).toBe(204);
    expect(await deliver('note.created', created, 'a secret of somebody else')).toBe(401);
    await eventually(async () => expect(await world.rows('SELECT 1 FROM reread')).toEqual([]));
    expect(await rowsOf(id)).toEqual([]);
  });

  it('should have the same facts after a rebuild, from an index that was thrown away too', async () => {
    const tables = async () => ({
      activity: await world.rows('SELECT * FROM activity ORDER BY kind, source_id, target_object, target_id'),
      plan: await world.rows('SELECT * FROM plan ORDER BY task_id, target_object, target_id'),
      opportunity: await world.rows('SELECT * FROM opportunity ORDER BY id'),
    });
    const task = await world.twenty.create(tom, 'Task', {
      title: 'Send',
      status: 'TODO',
      dueAt: '2030-01-01T00:00:00.000Z',
      assigneeId: tom.id,
    });
    await world.twenty.create(tom, 'TaskTarget', { taskId: task, targetCompanyId: ids.company });
    const opportunity = await world.twenty.create(tom, 'Opportunity', {
      name: 'Next',
      companyId: ids.company,
      stage: 'NEW',
    });
    await expectRows(opportunity, [{ kind: 'OPPORTUNITY_CREATED' }]);
    await world.twenty.edit(tom, 'Opportunity', opportunity, { stage: 'SCREENING' });
    await expectRows(opportunity, [{ kind: 'OPPORTUNITY_CREATED' }, { kind: 'STAGE_ADVANCED' }]);
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM plan WHERE task_id = $1', [task])).toHaveLength(1),
    );
    await world.stopEngine();
    const before = await tables();
    expect(before.activity.length).toBeGreaterThan(8);
    // What the index has from records that Twenty no longer has goes.
    const gone = await world.sql.query(
      `INSERT INTO activity (kind, source_id, origin_id, target_object, target_id, at) VALUES ('NOTE', $1, $1, 'COMPANY', $2, now())`,
      [randomUUID(), ids.company],
    );
    expect(gone.rowCount).toBe(1);
    await world.rebuild();
    expect(await tables()).toEqual(before);
    await world.sql.query('TRUNCATE activity, plan, opportunity');
    await world.rebuild();
    expect(await tables()).toEqual(before);
  });
});
