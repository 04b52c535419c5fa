import { company, type CustomerRef, type EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { engineOf, type GivenWorkspace, giveWorkspace, records } from './given-workspace';

jest.setTimeout(1_200_000);

const SOON = { withinMs: 90_000, everyMs: 500 };

interface StoredCompany {
  accountOwnerId: string | null;
  poolStatus: string | null;
  ownedSince: string | null;
}

// Speaks to Twenty and to the engine over HTTP alone, so that the sandbox and a real Twenty are told apart by nothing here.
describe('a customer’s life, in the sandbox or a real Twenty', () => {
  const made: string[] = [];
  let given: GivenWorkspace;
  let admin: EngineClient;
  let rep: EngineClient;
  let colleague: EngineClient;
  let customer: CustomerRef;

  beforeAll(async () => {
    given = await giveWorkspace();
    [admin, rep, colleague] = [
      engineOf(given, given.admin),
      engineOf(given, given.rep),
      engineOf(given, given.colleague),
    ];
  });
  beforeEach(async () => {
    customer = company(await create({ name: `End-to-end ${new Date().toISOString()}` }));
    await eventually(async () => {
      if ((await rep.customer(customer))?.status !== 'POOLED') throw new Error('The new company is in no pool');
    }, SOON);
  });
  afterAll(async () => {
    for (const id of made)
      await records(given, given.admin, 'mutation($id: UUID!) { destroyCompany(id: $id) { id } }', { id }).catch(
        () => undefined,
      );
    await given?.close();
  });

  async function create(data: Record<string, unknown>): Promise<string> {
    const { createCompany } = await records(
      given,
      given.admin,
      'mutation($data: CompanyCreateInput!) { createCompany(data: $data) { id } }',
      { data },
    );
    const { id } = createCompany as { id: string };
    made.push(id);
    return id;
  }

  async function stored(): Promise<StoredCompany> {
    const data = await records(
      given,
      given.admin,
      'query($id: UUID!) { company(filter: { id: { eq: $id } }) { accountOwnerId poolStatus ownedSince } }',
      { id: customer.recordId },
    );
    return data['company'] as StoredCompany;
  }

  const types = async () => (await admin.history(customer)).map(({ type }) => type);

  it('should have exactly one owner when two members claim at once, and Twenty and the history say who', async () => {
    const answers = await Promise.all([rep.claim([customer]), colleague.claim([customer])]);
    expect(answers.map(({ done }) => done).sort()).toEqual([0, 1]);
    const refused = answers.find(({ done }) => done === 0)?.outcomes[0];
    expect(refused?.refusal?.code).toBe('ALREADY_OWNED');
    const winner = answers[0]?.done === 1 ? given.rep : given.colleague;
    expect(await stored()).toMatchObject({ accountOwnerId: winner.memberId, poolStatus: 'OWNED' });
    await eventually(async () => {
      const data = await records(
        given,
        given.admin,
        'query($id: UUID!) { ownershipEvents(filter: { companyId: { eq: $id } }, first: 10) { edges { node { eventType toMemberId } } } }',
        { id: customer.recordId },
      );
      const nodes = (data['ownershipEvents'] as { edges: { node: unknown }[] }).edges.map(({ node }) => node);
      expect(nodes).toContainEqual({ eventType: 'CLAIMED', toMemberId: winner.memberId });
    }, SOON);
  });

  it('should go back to its pool with a reason, and not at once to whoever gave it back', async () => {
    expect(await rep.claim([customer])).toMatchObject({ done: 1 });
    expect(await rep.release([customer], { reason: 'NO_BUDGET', note: 'Next year' })).toMatchObject({ done: 1 });
    expect(await stored()).toMatchObject({ accountOwnerId: null, poolStatus: 'POOLED' });
    expect((await rep.claim([customer])).outcomes[0]?.refusal).toMatchObject({ code: 'COOLDOWN' });
    expect(await colleague.claim([customer])).toMatchObject({ done: 1 });
  });

  it('should be noticed when somebody changes the owner in Twenty directly', async () => {
    await records(
      given,
      given.admin,
      'mutation($id: UUID!, $data: CompanyUpdateInput!) { updateCompany(id: $id, data: $data) { id } }',
      { id: customer.recordId, data: { accountOwnerId: given.rep.memberId } },
    );
    await eventually(
      async () =>
        expect(await rep.customer(customer)).toMatchObject({ status: 'OWNED', owner: { id: given.rep.memberId } }),
      SOON,
    );
    expect(await types()).toEqual(['ROUTED', 'OBSERVED']);
    await eventually(
      async () => expect(await stored()).toMatchObject({ poolStatus: 'OWNED', ownedSince: expect.any(String) }),
      SOON,
    );
  });

  it('should have its clock moved by a note that its owner writes in Twenty, and by a logged follow-up', async () => {
    expect(await rep.claim([customer])).toMatchObject({ done: 1 });
    const clock = async () => {
      const data = await rep.must(
        'query($id: ID!) { customer(object: COMPANY, recordId: $id) { lastActivityAt reclaimOn reclaimRule clock { text } } }',
        { id: customer.recordId },
      );
      return data['customer'] as {
        lastActivityAt: string | null;
        reclaimOn: string | null;
        reclaimRule: string | null;
        clock: { text: string };
      };
    };
    await eventually(
      async () =>
        expect(await clock()).toMatchObject({
          lastActivityAt: null,
          reclaimRule: 'NO_ACTIVITY',
          reclaimOn: expect.any(String),
        }),
      SOON,
    );
    const before = await clock();

    const { createNote } = await records(
      given,
      given.rep,
      'mutation { createNote(data: { title: "Called them" }) { id } }',
    );
    await records(
      given,
      given.rep,
      'mutation($data: NoteTargetCreateInput!) { createNoteTarget(data: $data) { id } }',
      { data: { noteId: (createNote as { id: string }).id, targetCompanyId: customer.recordId } },
    );
    await eventually(async () => {
      const { lastActivityAt, reclaimOn } = await clock();
      expect(lastActivityAt).not.toBeNull();
      expect(reclaimOn && before.reclaimOn && reclaimOn > before.reclaimOn).toBe(true);
    }, SOON);

    const { logFollowUp } = await rep.must(
      'mutation($id: ID!) { logFollowUp(customer: { object: COMPANY, recordId: $id }, note: "They want an offer") { status } }',
      { id: customer.recordId },
    );
    expect(logFollowUp).toMatchObject({ status: 'DONE' });
    expect((await clock()).clock.text).toContain('logged follow-up');
  });

  it('should be given out, moved in a job after a preview, and come back when that is undone', async () => {
    const assigned = await admin.must(
      'mutation($c: [CustomerRef!]!, $to: ID!) { assign(customers: $c, toMemberId: $to) { done } }',
      { c: [customer], to: given.rep.memberId },
    );
    expect(assigned['assign']).toMatchObject({ done: 1 });
    expect(
      (
        await rep.ask(
          'mutation($c: [CustomerRef!]!, $to: ID!) { assign(customers: $c, toMemberId: $to) { outcomes { refusal { code } } } }',
          { c: [customer], to: given.rep.memberId },
        )
      ).data?.['assign'],
    ).toMatchObject({ outcomes: [{ refusal: { code: 'NOT_MANAGER' } }] });

    const input = { selection: { customers: [customer] }, toMemberIds: [given.colleague.memberId] };
    const { previewReassign } = await admin.must(
      'query($input: ReassignInput!) { previewReassign(input: $input) { total perMember { member { id } receives } } }',
      { input },
    );
    expect(previewReassign).toMatchObject({
      total: 1,
      perMember: [{ member: { id: given.colleague.memberId }, receives: 1 }],
    });
    const { reassign } = await admin.must('mutation($input: ReassignInput!) { reassign(input: $input) { id } }', {
      input,
    });
    await finished((reassign as { id: string }).id);
    expect(await stored()).toMatchObject({ accountOwnerId: given.colleague.memberId });

    const { undo } = await admin.must('mutation($id: ID!) { undo(batchId: $id) { id } }', {
      id: (reassign as { id: string }).id,
    });
    await finished((undo as { id: string }).id);
    expect(await stored()).toMatchObject({ accountOwnerId: given.rep.memberId, poolStatus: 'OWNED' });
    expect(await types()).toEqual(['ROUTED', 'ASSIGNED', 'REASSIGNED', 'UNDONE']);
  });

  async function finished(jobId: string): Promise<void> {
    await eventually(async () => {
      const { job } = await admin.must('query($id: ID!) { job(id: $id) { status done refused } }', { id: jobId });
      expect(job).toEqual({ status: 'DONE', done: 1, refused: 0 });
    }, SOON);
  }

  it('should be locked, archived and restored by a manager', async () => {
    expect(await rep.claim([customer])).toMatchObject({ done: 1 });
    const one = { c: [customer] };
    expect(
      (await admin.must('mutation($c: [CustomerRef!]!) { protect(customers: $c, lock: true) { done } }', one))[
        'protect'
      ],
    ).toMatchObject({ done: 1 });
    const { customer: locked } = await rep.must(
      'query($id: ID!) { customer(object: COMPANY, recordId: $id) { locked reclaimOn } }',
      { id: customer.recordId },
    );
    expect(locked).toEqual({ locked: true, reclaimOn: null });
    expect(
      (
        await admin.must(
          'mutation($c: [CustomerRef!]!) { archive(customers: $c, reason: "Closed down") { done } }',
          one,
        )
      )['archive'],
    ).toMatchObject({ done: 1 });
    expect(await stored()).toMatchObject({ accountOwnerId: null, poolStatus: 'ARCHIVED' });
    expect((await colleague.claim([customer])).outcomes[0]?.refusal?.code).toBe('ARCHIVED');
    expect(
      (await admin.must('mutation($c: [CustomerRef!]!) { restore(customers: $c) { done } }', one))['restore'],
    ).toMatchObject({ done: 1 });
    expect(await stored()).toMatchObject({ poolStatus: 'POOLED' });
  });

  it('should leave when it is deleted in Twenty, and be written to no more', async () => {
    await records(given, given.admin, 'mutation($id: UUID!) { deleteCompany(id: $id) { id } }', {
      id: customer.recordId,
    });
    await eventually(async () => expect(await rep.customer(customer)).toBeNull(), SOON);
    expect((await rep.claim([customer])).outcomes[0]).toMatchObject({
      status: 'REFUSED',
      refusal: { code: 'NOT_FOUND' },
    });
  });
});
