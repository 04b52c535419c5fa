import { randomUUID } from 'node:crypto';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

describe('the same request id again', () => {
  let world: HighseasWorld;
  const companies: string[] = [];
  const next = () => companies.pop() ?? '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        for (let index = 0; index < 40; index += 1) companies.push(twenty.seedCompany());
        twenty.patch('customerPool', twenty.pools.company, { cooldownDays: null, claimLimit: 100 });
      },
    });
  });
  afterAll(() => world?.close());

  const on = (at: number, mailbox = 'sophie.turner') => world.as(world.twenty.member(mailbox), 'en', world.engines[at]);
  const chargedTo = async (mailbox: string) =>
    (
      await world.rows<{ n: number }>(
        `SELECT count(*)::int AS n FROM ownership_event WHERE type = 'CLAIMED' AND to_id = $1`,
        [world.twenty.member(mailbox).id],
      )
    )[0]?.n;

  it('should give the first answer and do nothing, one after the other, on either engine', async () => {
    const [id, gone] = [next(), randomUUID()];
    const requestId = randomUUID();
    const first = await (await on(0)).claim([company(id), company(gone)], requestId);
    expect(first).toMatchObject({ done: 1, refused: 1 });
    const charged = await chargedTo('sophie.turner');
    expect(await (await on(0)).claim([company(id), company(gone)], requestId)).toEqual(first);
    expect(await (await on(1)).claim([company(id), company(gone)], requestId)).toEqual(first);
    expect(await chargedTo('sophie.turner')).toBe(charged);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED']);
  });

  it('should not claim again what was released meanwhile', async () => {
    const id = next();
    const requestId = randomUUID();
    const client = await on(0);
    await client.claim([company(id)], requestId);
    await client.release([company(id)], { reason: 'OTHER' });
    expect((await client.claim([company(id)], requestId)).outcomes).toMatchObject([
      { status: 'DONE', customer: { status: 'POOLED', owner: null } },
    ]);
    expect(world.twenty.ownerOf('company', id)).toBeNull();
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED']);
  });

  it('should decide once when twenty of them come at the same moment on two engines', async () => {
    const ids = [next(), next(), next()];
    const requestId = randomUUID();
    const before = (await chargedTo('emma.clark')) ?? 0;
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, turn) =>
        (await on(turn % 2, 'emma.clark')).claim(ids.map(company), requestId),
      ),
    );
    expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(1);
    for (const answer of answers) expect(answer).toMatchObject({ done: 3, refused: 0, pending: 0 });
    expect(await chargedTo('emma.clark')).toBe(before + 3);
    for (const id of ids) expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED']);
  });

  it.each([
    ['askForMoreTime', '$days: Int!', 'days: $days', { days: 3 }],
    ['hold', '$from: Date!, $until: Date!', 'from: $from, until: $until', { from: '2031-01-01', until: '2031-01-05' }],
  ])('should do %s once, however often its answer was lost', async (field, types, names, values) => {
    const id = next();
    const requestId = randomUUID();
    await (await on(0)).claim([company(id)], randomUUID());
    const client = await on(0, field === 'hold' ? 'li.wei' : 'sophie.turner');
    const ask = () =>
      client.must(
        `mutation($customers: [CustomerRef!]!, ${types}, $requestId: ID) { ${field}(customers: $customers, ${names}, reason: "Trade fair", requestId: $requestId) { done batchId } }`,
        { customers: [company(id)], ...values, requestId },
      );
    const first = await ask();
    expect(first).toMatchObject({ [field]: { done: 1 } });
    expect(await ask()).toEqual(first);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'HELD']);
  });

  const manage = async (at: number, field: string, types: string, values: Record<string, unknown>) =>
    (await on(at, 'alice.morgan')).must(
      `mutation(${types}, $requestId: ID) { ${field}(${Object.keys(values)
        .filter((name) => name !== 'requestId')
        .map((name) => `${name}: $${name}`)
        .join(', ')}, requestId: $requestId) { ${field === 'undo' ? 'id total' : 'done refused batchId'} } }`,
      values,
    );
  const some = '$customers: [CustomerRef!]!';

  it.each<[string, string, () => Record<string, unknown>, string[]]>([
    ['protect', `${some}, $until: DateTime`, () => ({ until: '2031-01-01T00:00:00.000Z' }), ['PROTECTED']],
    [
      'quiet',
      `${some}, $until: Date!, $reason: String!`,
      () => ({ until: '2031-01-01', reason: 'Asked to' }),
      ['HELD'],
    ],
    ['archive', `${some}, $reason: String!`, () => ({ reason: 'Closed down' }), ['ARCHIVED']],
    ['moveToPool', `${some}, $poolId: ID!`, () => ({ poolId: world.twenty.pools.east }), ['ROUTED']],
    ['restore', some, () => ({}), ['ARCHIVED', 'RESTORED']],
    ['decideMoreTime', `${some}, $approve: Boolean!`, () => ({ approve: true }), ['CLAIMED', 'HELD', 'HELD']],
    ['undo', '$batchId: ID!', () => ({}), ['ARCHIVED', 'UNDONE']],
  ])('should %s once, however often its answer was lost, on either engine', async (field, types, more, events) => {
    const id = next();
    const customers = [company(id)];
    let values: Record<string, unknown> = { customers, ...more() };
    if (field === 'restore' || field === 'undo') {
      const archived = await manage(0, 'archive', `${some}, $reason: String!`, { customers, reason: 'Closed down' });
      if (field === 'undo') values = { batchId: (archived['archive'] as { batchId: string }).batchId };
    }
    if (field === 'decideMoreTime') {
      await (await on(0)).claim(customers);
      await (
        await on(0)
      ).must(
        `mutation($customers: [CustomerRef!]!) { askForMoreTime(customers: $customers, days: 30, reason: "Fair") { done } }`,
        { customers },
      );
    }
    await expectSettled(world);
    const requestId = randomUUID();
    const ask = (at: number) => manage(at, field, types, { ...values, requestId });
    const first = await ask(0);
    expect(first).toMatchObject({ [field]: field === 'undo' ? { total: 1 } : { done: 1, refused: 0 } });
    expect(await ask(1)).toEqual(first);
    await expectSettled(world);
    expect(await ask(0)).toEqual(first);
    await expectSettled(world);
    // An undo is answered before it is done.
    await eventually(async () => expect(await historyOf(world, id)).toEqual(['ROUTED', ...events]));
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED', ...events]);
  });

  it('should release once when ten of them come at the same moment', async () => {
    const id = next();
    await (await on(0, 'emma.clark')).claim([company(id)]);
    const requestId = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, async (_, turn) =>
        (await on(turn % 2, 'emma.clark')).release([company(id)], { reason: 'OTHER', requestId }),
      ),
    );
    for (const answer of answers) expect(answer).toMatchObject({ done: 1 });
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED']);
  });

  it('should keep its answer over a restart', async () => {
    const id = next();
    const requestId = randomUUID();
    const first = await (await on(0)).claim([company(id)], requestId);
    await world.stopEngine();
    await world.startEngine();
    expect(await (await on(1)).claim([company(id)], requestId)).toEqual(first);
  });

  it('should refuse the id for another input or another command, and change nothing', async () => {
    const [id, other] = [next(), next()];
    const requestId = randomUUID();
    const client = await on(0);
    await client.claim([company(id)], requestId);
    await expect(client.claim([company(other)], requestId)).rejects.toThrow('BAD_USER_INPUT');
    await expect(client.release([company(id)], { reason: 'OTHER', requestId })).rejects.toThrow('BAD_USER_INPUT');
    expect(world.twenty.ownerOf('company', other)).toBeNull();
    expect(world.twenty.ownerOf('company', id)).toBe(world.twenty.member('sophie.turner').id);
  });

  it("should not take another member's request for a repeat", async () => {
    const [one, two] = [next(), next()];
    const requestId = 'the-same-text';
    expect(await (await on(0)).claim([company(one)], requestId)).toMatchObject({ done: 1 });
    expect(await (await on(1, 'tom.baker')).claim([company(two)], requestId)).toMatchObject({ done: 1 });
    await expectSettled(world);
  });
});
