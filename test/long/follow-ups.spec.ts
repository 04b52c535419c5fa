import { randomUUID } from 'node:crypto';
import { company, type CustomerRef, type OutcomeAnswer, person } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const mutation = `mutation($customer: CustomerRef!, $note: String!, $requestId: ID) { logFollowUp(customer: $customer, note: $note, requestId: $requestId) {
  object recordId status refusal { code message } customer { object recordId name status owner { id name } } } }`;

describe('logging a follow-up', () => {
  let world: HighseasWorld;
  let tom: Member;
  let emma: Member;
  const ids = { toms: '', person: '', pooled: '', eastern: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        // The sample's pool of people takes what was imported.
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        ids.toms = twenty.seedCompany({ accountOwnerId: twenty.member('tom.baker').id });
        ids.person = twenty.seedPerson({ companyId: ids.toms, ownerId: twenty.member('tom.baker').id, ...imported });
        ids.pooled = twenty.seedCompany();
        ids.eastern = twenty.seedCompany({ address: { addressState: '上海' } });
      },
    });
    tom = world.twenty.member('tom.baker');
    emma = world.twenty.member('emma.clark');
  });
  afterAll(() => world?.close());

  const log = async (
    who: Member,
    customer: CustomerRef,
    note = 'Called; wants an offer',
    requestId?: string,
  ): Promise<OutcomeAnswer> =>
    (await (await world.as(who)).must(mutation, { customer, note, requestId }))['logFollowUp'] as OutcomeAnswer;
  const notesOn = (recordId: string) => {
    const links = world.twenty
      .all('noteTarget')
      .filter(({ targetCompanyId, targetPersonId }) => targetCompanyId === recordId || targetPersonId === recordId);
    return links.map(({ noteId }) => world.twenty.get('note', String(noteId)));
  };
  const factsOf = (recordId: string) =>
    world.rows<{ kind: string; member_id: string; origin_id: string; at: Date }>(
      'SELECT kind, member_id, origin_id, at FROM activity WHERE target_id = $1 ORDER BY at',
      [recordId],
    );

  it('should write a note in Twenty and count for the owner who logged it', async () => {
    expect(await log(tom, company(ids.toms))).toMatchObject({
      status: 'DONE',
      refusal: null,
      customer: { owner: { id: tom.id } },
    });
    const [note, ...others] = notesOn(ids.toms);
    expect(others).toEqual([]);
    expect(note).toMatchObject({
      title: 'Follow-up 跟进 · Tom Baker',
      bodyV2: { markdown: 'Called; wants an offer' },
      createdBy: { source: 'APPLICATION' },
    });
    expect(await factsOf(ids.toms)).toMatchObject([{ kind: 'FOLLOW_UP', member_id: tom.id, origin_id: note?.id }]);
    // Read back from Twenty it is the same, and as old as Twenty says.
    await eventually(async () =>
      expect((await factsOf(ids.toms)).map(({ kind, member_id, at }) => [kind, member_id, at.toISOString()])).toEqual([
        ['FOLLOW_UP', tom.id, note?.['createdAt']],
      ]),
    );
  });

  it('should be for its owner, a manager of its pool, and on a pooled customer for all who see it', async () => {
    expect(await log(emma, person(ids.person))).toMatchObject({
      status: 'REFUSED',
      refusal: { code: 'NOT_OWNER', message: expect.stringContaining('Tom Baker') },
    });
    expect(await log(world.twenty.member('alice.morgan'), person(ids.person))).toMatchObject({ status: 'DONE' });
    expect(await log(emma, company(ids.pooled))).toMatchObject({
      status: 'DONE',
      customer: { status: 'POOLED', owner: null },
    });
    const stranger = world.sandbox.members.find(
      ({ id, role }) =>
        role === 'rep' &&
        !world.twenty
          .all('customerPoolMember')
          .some(({ memberId, customerPoolId }) => memberId === id && customerPoolId === world.twenty.pools.east),
    );
    if (!stranger) throw new Error('Every rep is a member of the eastern pool');
    expect(await log(stranger, company(ids.eastern))).toMatchObject({
      status: 'REFUSED',
      refusal: { code: 'NOT_MANAGED' },
      customer: null,
    });
    expect(notesOn(ids.eastern)).toEqual([]);
  });

  it('should refuse unknown customers, and blank notes as wrong input', async () => {
    expect(await log(tom, company(randomUUID()))).toMatchObject({
      status: 'REFUSED',
      refusal: { code: 'NOT_FOUND' },
      customer: null,
    });
    const { errors } = await (await world.as(tom)).ask(mutation, { customer: company(ids.toms), note: ' \n ' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('should write one note however often the same request comes', async () => {
    const before = notesOn(ids.pooled).length;
    const requestId = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => log(emma, company(ids.pooled), 'Once', requestId)));
    expect(answers.map(({ status }) => status === 'DONE' || status === 'PENDING')).toEqual([true, true, true]);
    await eventually(async () =>
      expect(await log(emma, company(ids.pooled), 'Once', requestId)).toMatchObject({ status: 'DONE' }),
    );
    expect(notesOn(ids.pooled)).toHaveLength(before + 1);
  });

  it.each([
    ['does the work and does not answer', { timeoutRate: 1, matching: 'mutation CreateNote', count: 1 }],
    ['fails before it does anything', { errorRate: 1, statusCode: 503, matching: 'mutation CreateNote\\b', count: 1 }],
    [
      'takes the note and not its link',
      { errorRate: 1, statusCode: 503, matching: 'mutation CreateNoteTarget', count: 1 },
    ],
  ])('should lose nothing and double nothing when Twenty %s', async (_, faults) => {
    const [facts, notes] = [(await factsOf(ids.toms)).length, notesOn(ids.toms).length];
    world.sandbox.setFaults(faults);
    const answer = await log(tom, company(ids.toms), 'Under way').finally(() => world.sandbox.setFaults({}));
    expect(answer.status).toBe('PENDING');
    expect(await factsOf(ids.toms)).toHaveLength(facts + 1);
    await eventually(async () => expect(await world.rows(`SELECT 1 FROM follow_up WHERE state = 'OPEN'`)).toEqual([]), {
      withinMs: 30_000,
    });
    expect(notesOn(ids.toms)).toHaveLength(notes + 1);
    await eventually(async () =>
      expect((await factsOf(ids.toms)).filter(({ kind }) => kind === 'FOLLOW_UP')).toHaveLength(facts + 1),
    );
  });

  it('should end as refused when the customer is gone from Twenty, leaving no fact', async () => {
    const gone = await world.twenty.create(tom, 'Company', { name: 'Gone soon', accountOwnerId: tom.id });
    await eventually(async () =>
      expect(await (await world.as(tom)).customer(company(gone))).toMatchObject({ status: 'OWNED' }),
    );
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await world.twenty.change(tom, 'destroy', 'Company', gone);
    const answer = await log(tom, company(gone)).finally(() => world.sandbox.setFaults({}));
    expect(answer).toMatchObject({ status: 'REFUSED', refusal: { code: 'NOT_FOUND' } });
    expect(await factsOf(gone)).toEqual([]);
  });

  it("should be known as the same member's after the index was thrown away", async () => {
    const before = (await factsOf(ids.toms)).map(({ kind, member_id, origin_id, at }) => ({
      kind,
      member_id,
      origin_id,
      at,
    }));
    expect(before.every(({ kind, member_id }) => kind === 'FOLLOW_UP' && member_id === tom.id)).toBe(true);
    await world.stopEngine();
    await world.sql.query('TRUNCATE activity, follow_up');
    await world.rebuild();
    expect(await factsOf(ids.toms)).toEqual(before);
  });
});
