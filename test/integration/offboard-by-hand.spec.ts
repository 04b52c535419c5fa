import { randomUUID } from 'node:crypto';
import { company, type EngineClient } from '../support/engine-client';
import { type JobAnswer, JobsClient } from '../support/highseas-jobs';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

interface Forecast {
  total: number;
  perPool: { pool: { id: string }; receives: number }[];
  refusals: { code: string; count: number }[];
}

describe('offboarding by hand', () => {
  let world: HighseasWorld;
  const ids = { companies: [] as string[], person: '', eastern: '', emmas: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        const tom = twenty.member('tom.baker').id;
        const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
        ids.companies = Array.from({ length: 5 }, () =>
          twenty.seedCompany({ accountOwnerId: tom, ownedSince: '2026-01-03T08:00:00.000Z' }),
        );
        ids.person = twenty.seedPerson({ companyId: ids.companies[0], ownerId: tom, ...imported });
        ids.eastern = twenty.seedCompany({ accountOwnerId: tom, address: { addressState: '上海' } });
        ids.emmas = twenty.seedCompany({ accountOwnerId: twenty.member('emma.clark').id });
      },
    });
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const as = (mailbox: string) => world.as(world.twenty.member(mailbox), 'en');
  const tom = () => world.twenty.member('tom.baker').id;
  const preview = async (client: EngineClient, memberId: string) =>
    (
      await client.must(
        'query($memberId: ID!) { previewOffboard(memberId: $memberId) { total perPool { pool { id } receives } refusals { code count } } }',
        { memberId },
      )
    )['previewOffboard'] as Forecast;
  const offboard = async (client: EngineClient, variables: { memberId: string; reason?: string; requestId?: string }) =>
    (
      await client.must(
        'mutation($memberId: ID!, $reason: String, $requestId: ID) { offboard(memberId: $memberId, reason: $reason, requestId: $requestId) { id total refused undoableUntil } }',
        variables,
      )
    )['offboard'] as JobAnswer;
  const ownerOf = (recordId: string) => world.twenty.ownerOf('company', recordId);

  it('should be for managers of pools, and name a member', async () => {
    await expect(preview(await as('emma.clark'), tom())).rejects.toThrow('FORBIDDEN');
    await expect(offboard(await as('emma.clark'), { memberId: tom() })).rejects.toThrow('FORBIDDEN');
    await expect(offboard(await as('li.wei'), { memberId: randomUUID() })).rejects.toThrow('BAD_USER_INPUT');
  });

  it("should say before what goes where, and what is not the manager's to move", async () => {
    const { company: home, tradeShow, east } = world.twenty.pools;
    expect(await preview(await as('li.wei'), tom())).toEqual({
      total: 6,
      perPool: [{ pool: { id: home }, receives: 5 }],
      // The person; the eastern company is in a pool that the manager does not see.
      refusals: [{ code: 'NOT_MANAGER', count: 1 }],
    });
    const { perPool, refusals } = await preview(await as('alice.morgan'), tom());
    expect(new Map(perPool.map(({ pool, receives }) => [pool.id, receives]))).toEqual(
      new Map([
        [home, 5],
        [tradeShow, 1],
        [east, 1],
      ]),
    );
    expect(refusals).toEqual([]);
  });

  it('should give everything back to its home pool, once however often it is asked, and take it back', async () => {
    const client = await as('li.wei');
    const jobs = new JobsClient(client);
    const input = { memberId: tom(), reason: 'Leaves in May', requestId: 'leaver' };
    const [first, second] = await Promise.all([offboard(client, input), offboard(client, input)]);
    expect(second.id).toBe(first.id);
    expect(await jobs.finished(first.id)).toMatchObject({
      kind: 'OFFBOARD',
      status: 'DONE',
      total: 6,
      done: 5,
      refused: 1,
    });
    await expectSettled(world);
    expect(ids.companies.map(ownerOf)).toEqual(ids.companies.map(() => null));
    expect([world.twenty.ownerOf('person', ids.person), ownerOf(ids.eastern), ownerOf(ids.emmas)]).toEqual([
      tom(),
      tom(),
      world.twenty.member('emma.clark').id,
    ]);
    expect((await client.history(company(ids.companies[0] ?? ''))).at(-1)).toMatchObject({
      type: 'OFFBOARDED',
      from: { id: tom() },
      to: null,
      actor: { id: world.twenty.member('li.wei').id },
      bySystem: false,
      reason: 'Leaves in May',
      pool: { id: world.twenty.pools.company },
    });

    const undone = await jobs.undo(first.id);
    expect(await jobs.finished(undone.id)).toMatchObject({ done: 5, refused: 0 });
    await expectSettled(world);
    expect(ids.companies.map(ownerOf)).toEqual(ids.companies.map(() => tom()));
    expect(world.twenty.get('company', ids.companies[0] ?? '')).toMatchObject({
      ownedSince: '2026-01-03T08:00:00.000Z',
    });
  });

  it('should leave what has another owner by then, and say so', async () => {
    const client = await as('alice.morgan');
    const [contested = ''] = ids.companies;
    // The job decides under the customer's lock: one of the two has it first, and the other finds out.
    const [job] = await Promise.all([
      offboard(client, { memberId: tom() }),
      client.must('mutation($c: [CustomerRef!]!) { archive(customers: $c, reason: "Closed down") { done } }', {
        c: [company(contested)],
      }),
    ]);
    const { done, refused, total } = await new JobsClient(client).finished(job.id);
    expect(done + refused).toBe(total);
    await expectSettled(world);
    expect((await historyOf(world, contested)).filter((type) => type === 'ARCHIVED')).toHaveLength(1);
    expect([...ids.companies, ids.eastern].map(ownerOf)).toEqual([...ids.companies, ids.eastern].map(() => null));
    expect(world.twenty.ownerOf('person', ids.person)).toBeNull();
  });
});
