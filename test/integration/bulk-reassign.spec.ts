import { randomUUID } from 'node:crypto';
import { company } from '../support/engine-client';
import { JobsClient, type PreviewAnswer } from '../support/highseas-jobs';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

/** What a customer, its people, opportunities and tasks look like, without what any write moves. */
const stable = ({ updatedAt: _at, updatedBy: _by, ...record }: Record<string, unknown>) => record;

describe('bulk reassignment', () => {
  let world: HighseasWorld;
  const ids = {
    toms: [] as string[],
    people: [] as string[],
    pooled: [] as string[],
    eastern: '',
    opportunities: [] as string[],
    tasks: [] as string[],
  };
  let [tom, emma, sophie, manager]: Member[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        const toms = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: 20, wonIsExempt: true });
        ids.toms = Array.from({ length: 12 }, (_, index) =>
          twenty.seedCompany({
            accountOwnerId: toms,
            employees: index,
            ownedSince: `2026-0${1 + (index % 6)}-03T08:00:00.000Z`,
          }),
        );
        ids.pooled = Array.from({ length: 4 }, () => twenty.seedCompany());
        ids.eastern = twenty.seedCompany({ accountOwnerId: toms, address: { addressState: '上海' } });
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        ids.people = [0, 1, 2].map((at) =>
          twenty.seedPerson({
            companyId: ids.toms[0],
            ownerId: at === 2 ? twenty.member('emma.clark').id : toms,
            ...imported,
          }),
        );
        const companyId = ids.toms[0];
        ids.opportunities = [
          twenty.seed('opportunity', { name: 'open', stage: 'MEETING', companyId, ownerId: toms }),
          twenty.seed('opportunity', { name: 'won', stage: 'CUSTOMER', companyId: ids.toms[1], ownerId: toms }),
          twenty.seed('opportunity', {
            name: "somebody else's",
            stage: 'MEETING',
            companyId,
            ownerId: twenty.member('emma.clark').id,
          }),
        ];
        ids.tasks = ['TODO', 'DONE'].map((status) => {
          const taskId = twenty.seed('task', { title: status, status, assigneeId: toms });
          twenty.seed('taskTarget', { taskId, targetCompanyId: companyId });
          return taskId;
        });
      },
    });
    [tom, emma, sophie, manager] = ['tom.baker', 'emma.clark', 'sophie.turner', 'li.wei'].map((mailbox) =>
      world.twenty.member(mailbox),
    );
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const id = (member: Member | undefined) => member?.id ?? '';
  const as = async (member: Member | undefined) => new JobsClient(await world.as(member ?? { email: '' }, 'en'));
  const receives = ({ perMember }: PreviewAnswer) =>
    new Map(perMember.map((share) => [share.member.id, share.receives]));
  const ownerOf = (recordId: string) => world.twenty.ownerOf('company', recordId);
  const picture = () => ({
    companies: ids.toms.map((recordId) => stable(world.twenty.get('company', recordId) ?? {})),
    people: ids.people.map((recordId) => stable(world.twenty.get('person', recordId) ?? {})),
    opportunities: ids.opportunities.map((recordId) => stable(world.twenty.get('opportunity', recordId) ?? {})),
    tasks: ids.tasks.map((recordId) => stable(world.twenty.get('task', recordId) ?? {})),
  });
  const clocks = () =>
    world.rows(
      'SELECT record_id, status, pool_id, owner_id, former_owner_id, owned_since, pooled_since, reclaim_on, reclaim_rule FROM customer ORDER BY record_id',
    );

  it('should be for managers of pools, who move what is in their pools and nothing else', async () => {
    await expect(
      (await as(sophie)).reassign({
        selection: { customers: [company(ids.toms[0] ?? '')] },
        toMemberIds: [id(sophie)],
      }),
    ).rejects.toThrow('FORBIDDEN');
    const preview = await (
      await as(manager)
    ).preview({ selection: { customers: [company(ids.eastern), company(randomUUID())] }, toMemberIds: [id(emma)] });
    expect(preview).toMatchObject({ total: 2, perMember: [{ receives: 0 }] });
    expect(preview.refusals).toEqual(
      expect.arrayContaining([
        { code: 'NOT_MANAGED', count: 1 },
        { code: 'NOT_FOUND', count: 1 },
      ]),
    );
  });

  it.each([
    ['no selection', { selection: {} }],
    ['two selections', { selection: { pooledIn: randomUUID(), allOwnedBy: randomUUID() } }],
    ['a filter that Twenty refuses', { selection: { object: 'COMPANY', filter: { nonsense: { eq: 1 } } } }],
    ['a filter of nothing', { selection: { filter: { name: { like: '%a%' } } } }],
    ['nobody to give to', { toMemberIds: [] }],
    ['somebody who is no member', { toMemberIds: [randomUUID()] }],
  ])('should refuse %s', async (_, wrong) => {
    const input = { selection: { allOwnedBy: id(tom) }, toMemberIds: [id(emma)], ...wrong };
    await expect((await as(manager)).preview(input)).rejects.toThrow('BAD_USER_INPUT');
    await expect((await as(manager)).reassign(input)).rejects.toThrow('BAD_USER_INPUT');
  });

  it('should do what the preview says, with people, open opportunities and open tasks, and undo it to the state before', async () => {
    const before = { picture: picture(), clocks: await clocks() };
    const jobs = await as(manager);
    const input = {
      selection: { allOwnedBy: id(tom), object: 'COMPANY' },
      toMemberIds: [id(emma), id(sophie)],
      strategy: 'EVENLY',
      reason: 'Leaving',
    };
    const preview = await jobs.preview(input);
    // Twelve companies and the two people of the first; the eastern one is in a pool that the manager does not see.
    expect(preview).toMatchObject({ total: 14, refusals: [] });
    expect([...receives(preview).values()].sort()).toEqual([7, 7]);

    const requestId = randomUUID();
    const started = await jobs.reassign({ ...input, requestId });
    const job = await jobs.finished(started.id);
    expect(job).toMatchObject({
      kind: 'REASSIGN',
      status: 'DONE',
      total: 14,
      processed: 14,
      done: 14,
      refused: 0,
      refusals: [],
    });
    expect(world.twenty.ownerOf('company', ids.eastern)).toBe(id(tom));
    expect(job.undoableUntil).not.toBeNull();
    await expectSettled(world);
    const held = (member: Member | undefined) => [
      ...world.twenty.all('company').filter((record) => record['accountOwnerId'] === id(member)),
      ...world.twenty.all('person').filter((record) => record['ownerId'] === id(member)),
    ];
    // Emma had one of the people before.
    expect([held(emma).length - 1, held(sophie).length]).toEqual([
      receives(preview).get(id(emma)),
      receives(preview).get(id(sophie)),
    ]);

    const owner = ownerOf(ids.toms[0] ?? '');
    expect(ids.people.map((recordId) => world.twenty.ownerOf('person', recordId))).toEqual([owner, owner, id(emma)]);
    expect(ids.opportunities.map((recordId) => world.twenty.get('opportunity', recordId)?.['ownerId'])).toEqual([
      owner,
      id(tom),
      id(emma),
    ]);
    expect(ids.tasks.map((recordId) => world.twenty.get('task', recordId)?.['assigneeId'])).toEqual([owner, id(tom)]);
    for (const recordId of [...ids.toms, ...ids.people.slice(0, 2)])
      expect(await historyOf(world, recordId)).toEqual(['ROUTED', 'REASSIGNED']);
    expect((await (await world.as(manager ?? { email: '' })).history(company(ids.toms[0] ?? ''))).at(-1)).toMatchObject(
      {
        from: { id: id(tom) },
        to: { id: owner },
        actor: { id: id(manager) },
        reason: 'Leaving',
        batchId: job.id,
      },
    );

    // The same request again does nothing; another one with its id is none.
    expect((await jobs.reassign({ ...input, requestId })).id).toBe(job.id);
    await expect(jobs.reassign({ ...input, toMemberIds: [id(emma)], requestId })).rejects.toThrow('BAD_USER_INPUT');

    const undone = await jobs.finished((await jobs.undo(job.id)).id);
    expect(undone).toMatchObject({
      kind: 'UNDO',
      status: 'DONE',
      total: 14,
      done: 14,
      refused: 0,
      undoableUntil: null,
    });
    await expectSettled(world);
    expect(picture()).toEqual(before.picture);
    expect(await clocks()).toEqual(before.clocks);
    expect(await historyOf(world, ids.toms[0] ?? '')).toEqual(['ROUTED', 'REASSIGNED', 'UNDONE']);
  });

  it('should undo what nothing has happened to since, and list the rest', async () => {
    const jobs = await as(manager);
    const [released = '', kept = ''] = ids.toms.slice(3);
    const job = await jobs.finished(
      (await jobs.reassign({ selection: { customers: [company(released), company(kept)] }, toMemberIds: [id(sophie)] }))
        .id,
    );
    expect(
      (await (await world.as(sophie ?? { email: '' })).release([company(released)], { reason: 'OTHER' })).done,
    ).toBe(1);
    await expect((await as(sophie)).undo(job.id)).rejects.toThrow('FORBIDDEN');
    const undone = await jobs.finished((await jobs.undo(job.id)).id);
    expect(undone).toMatchObject({
      done: 1,
      refused: 1,
      refusals: [{ recordId: released, refusal: { code: 'STALE' } }],
    });
    expect([ownerOf(released), ownerOf(kept)]).toEqual([null, id(tom)]);
    const again = await jobs.finished((await jobs.undo(job.id)).id);
    expect(again).toMatchObject({ done: 0, refused: 2 });
    await expect(jobs.undo(randomUUID())).rejects.toThrow('BAD_USER_INPUT');
    await expectSettled(world);
  });

  it('should not count an assignment that was undone as having owned the customer', async () => {
    const jobs = await as(manager);
    world.twenty.patch('customerPool', world.twenty.pools.company, { cooldownDays: 30 });
    await world.rows(`UPDATE pool SET policy = policy || '{"cooldownDays": 30}' WHERE id = $1`, [
      world.twenty.pools.company,
    ]);
    const given = ids.pooled[1] ?? '';
    const job = await jobs.finished(
      (
        await jobs.reassign({
          selection: { customers: [company(given)] },
          toMemberIds: [id(sophie)],
          requestId: randomUUID(),
        })
      ).id,
    );
    expect(job).toMatchObject({ done: 1 });
    expect(await jobs.finished((await jobs.undo(job.id)).id)).toMatchObject({ done: 1 });
    expect(ownerOf(given)).toBeNull();
    const client = await world.as(sophie ?? { email: '' });
    expect(await client.claim([company(given)])).toMatchObject({ done: 1 });
    await client.release([company(given)], { reason: 'OTHER' });
    expect((await client.claim([company(given)])).outcomes).toMatchObject([{ refusal: { code: 'COOLDOWN' } }]);
    world.twenty.patch('customerPool', world.twenty.pools.company, { cooldownDays: null });
    await world.rows(`UPDATE pool SET policy = policy || '{"cooldownDays": null}' WHERE id = $1`, [
      world.twenty.pools.company,
    ]);
    await expectSettled(world);
  });

  it('should undo a single event', async () => {
    const client = await world.as(sophie ?? { email: '' });
    const [freed = ''] = ids.pooled;
    await client.claim([company(freed)]);
    await client.release([company(freed)], { reason: 'OTHER' });
    await expectSettled(world);
    const event = (await client.history(company(freed))).at(-1);
    const jobs = await as(manager);
    expect(await jobs.finished((await jobs.undo(event?.id ?? '')).id)).toMatchObject({ done: 1 });
    expect(ownerOf(freed)).toBe(id(sophie));
    await expectSettled(world);
  });

  it('should assign what is pooled, keep limits, and pass them only when told to', async () => {
    const jobs = await as(manager);
    world.twenty.patch('customerPool', world.twenty.pools.company, { holdingCapacity: 2 });
    await world.rows(`UPDATE pool SET policy = policy || '{"holdingCapacity": 2}' WHERE id = $1`, [
      world.twenty.pools.company,
    ]);
    const input = {
      selection: { pooledIn: world.twenty.pools.company },
      toMemberIds: [id(sophie)],
      strategy: 'ALL_TO_FIRST',
    };
    const preview = await jobs.preview(input);
    expect(preview).toMatchObject({
      perMember: [{ receives: 1, ownsNow: 1, limit: 2 }],
      refusals: [{ code: 'CAPACITY', count: preview.total - 1 }],
    });
    const job = await jobs.finished((await jobs.reassign(input)).id);
    expect(job).toMatchObject({ done: 1, refused: preview.total - 1 });
    expect(job.refusals[0]?.refusal?.message).toBe('Sophie Turner is at their limit: 2 of 2.');
    const forced = await jobs.finished((await jobs.reassign({ ...input, overrideCapacity: true })).id);
    expect(forced).toMatchObject({ done: preview.total - 1, refused: 0 });
    await expectSettled(world);
    const [event] = await world.rows<{ type: string; facts: Record<string, unknown> }>(
      'SELECT type, facts FROM ownership_event WHERE batch_id = $1 ORDER BY seq LIMIT 1',
      [forced.id],
    );
    expect(event).toMatchObject({
      type: 'ASSIGNED',
      facts: { override: { capacity: { used: 2, limit: 2, scope: 'POOL' } } },
    });
  });

  it('should show a job to whoever started it and to admins', async () => {
    const jobs = await as(manager);
    const { id: jobId } = await jobs.reassign({ selection: { customers: [] }, toMemberIds: [id(emma)] });
    expect(await jobs.get(jobId)).toMatchObject({ status: 'DONE', total: 0 });
    expect(await (await as(world.twenty.member('alice.morgan'))).get(jobId)).toMatchObject({ id: jobId });
    expect(await (await as(world.twenty.member('daniel.reed'))).get(jobId)).toBeNull();
    await expect((await as(sophie)).cancel(jobId)).rejects.toThrow('BAD_USER_INPUT');
  });
});
