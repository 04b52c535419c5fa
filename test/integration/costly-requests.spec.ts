import { randomUUID } from 'node:crypto';
import { company, EngineClient } from '../support/engine-client';
import type { EngineProcess } from '../support/engine-process';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

/** Beside a multiple of what a small request takes: two cores are shared by engine, Twenty, database and measurement. */
const marginMs = 200;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const manyFields = `{ ${'viewer { today } '.repeat(4_900)} }`;
const chain = `{ viewer { ...F0 } } ${times(300, (at) => `fragment F${at} on Viewer { today ...F${at + 1} }`)}`;
const doubling = `{ viewer { ...F0 } } ${times(26, (at) => `fragment F${at} on Viewer { today ...F${at + 1} ...F${at + 1} }`)} fragment F26 on Viewer { today }`;
const manyLists = `{ ${times(50, (at) => `a${at}: customers(first: 200) { customers { clock { text } claimable { allowed } moreTime { days } } }`)} }`;
const deepFilter = (depth: number) => `${'{"and":['.repeat(depth)}${']}'.repeat(depth)}`;

describe('requests that would be dear', () => {
  let world: HighseasWorld;
  let inProduction: EngineProcess;
  let stranger: EngineClient;
  let sophie: EngineClient;
  let companies: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: 2_000, claimLimit: 2_000 });
        twenty.setVariable('MEMBER_HOLDING_CAPACITY', '2000');
        companies = Array.from({ length: 1_000 }, () => twenty.seedCompany());
      },
    });
    inProduction = await world.startEngine({ HIGHSEAS_SANDBOX: '0', HIGHSEAS_METRICS_TOKEN: 'a-token-for-metrics' });
    await expectSettled(world);
    stranger = new EngineClient(world.engine.url, '');
    sophie = await world.as(world.twenty.member('sophie.turner'), 'en');
  });
  afterAll(() => world?.close());

  async function timeOf(work: () => Promise<unknown>, turns = 7): Promise<number> {
    const taken: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const from = performance.now();
      await work();
      taken.push(performance.now() - from);
    }
    return taken.sort((a, b) => a - b)[Math.floor(turns / 2)] ?? 0;
  }

  it.each([
    ['4,900 fields', manyFields],
    ['a chain of 300 fragments', chain],
    ['26 fragments, each used twice by the one before', doubling],
    ['200 customers with everything, fifty times', manyLists],
  ])('should refuse %s as quickly as a small request that is wrong', async (_, query) => {
    for (const [client, code] of [
      [stranger, 'UNAUTHENTICATED'],
      [sophie, 'BAD_USER_INPUT'],
    ] as const) {
      const codeOf = async (text: string) => (await client.ask(text)).errors[0]?.extensions?.['code'];
      expect(await codeOf(query)).toBe(code);
      const small = await timeOf(() => codeOf('{ viewer { '));
      expect(await timeOf(() => codeOf(query))).toBeLessThan(3 * small + marginMs);
    }
  });

  it('should answer whoever has no token without reading what they ask', async () => {
    const { status, errors } = await stranger.send('{"query": "{ viewer');
    expect([status, errors[0]?.extensions?.['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('should claim a thousand records written inline', async () => {
    const inline = companies.map((id) => `{ object: COMPANY, recordId: "${id}" }`).join(', ');
    const { claim } = await sophie.must(`mutation { claim(customers: [${inline}]) { done refused pending } }`);
    expect(claim).toMatchObject({ refused: 0 });
    await expectSettled(world);
    expect(await world.rows(`SELECT 1 FROM customer WHERE status = 'OWNED'`)).toHaveLength(1_000);
  });

  it('should refuse a thousand records that do not exist in little more time than ten', async () => {
    const emma = await world.as(world.twenty.member('emma.clark'), 'en');
    const claimOf = (count: number) => () =>
      emma.must('mutation($customers: [CustomerRef!]!) { claim(customers: $customers) { refused } }', {
        customers: Array.from({ length: count }, () => company(randomUUID())),
      });
    await timeOf(claimOf(1_000));
    const few = await timeOf(claimOf(10));
    expect(await timeOf(claimOf(1_000))).toBeLessThan(5 * few + 2 * marginMs);
  });

  it('should let a member ask for so much in a minute and then say when to come back', async () => {
    const tom = await world.as(world.twenty.member('tom.baker'), 'en');
    const page = `{ customers(first: 200) { customers { ${times(45, (at) => `a${at}: name`)} } } }`;
    for (let calls = 1; calls <= 200; calls += 1) {
      const { status, errors } = await tom.ask(page);
      if (errors.length === 0) continue;
      expect([status, errors[0]?.extensions]).toEqual([
        429,
        { code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number },
      ]);
      expect(calls).toBeGreaterThan(20);
      const small = await tom.ask('{ viewer { today } }');
      expect(small.errors[0]?.extensions?.['code'] ?? 'none').toMatch(/^(RATE_LIMITED|none)$/);
      return;
    }
    throw new Error('Never refused');
  });

  it('should call a filter that is nested too deeply bad input', async () => {
    const li = await world.as(world.twenty.member('li.wei'), 'en');
    const body = (depth: number) =>
      `{"query": "query($input: ReassignInput!) { previewReassign(input: $input) { total } }", "variables": {"input": {"toMemberIds": ["${randomUUID()}"], "selection": {"object": "COMPANY", "filter": ${deepFilter(depth)}}}}}`;
    for (const depth of [100, 5_000, 40_000])
      expect((await li.send(body(depth))).errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it.each(['__proto__', 'constructor'])('should not take a filter on %s for no filter at all', async (key) => {
    const li = await world.as(world.twenty.member('li.wei'), 'en');
    const { data, errors } = await li.send(
      `{"query": "query($input: ReassignInput!) { previewReassign(input: $input) { total } }", "variables": {"input": {"toMemberIds": ["${randomUUID()}"], "selection": {"object": "COMPANY", "filter": {"${key}": {}}}}}}`,
    );
    expect(data?.['previewReassign'] ?? null).toBeNull();
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('should not tell its schema in production', async () => {
    const client = await world.as(world.twenty.member('sophie.turner'), 'en', inProduction);
    const codes = await Promise.all(
      ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'].map(
        async (query) => (await client.ask(query)).errors[0]?.extensions?.['code'],
      ),
    );
    expect(codes).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    const { errors } = await client.ask('{ viewer { isWorkspaceAdmim } }');
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(errors[0]?.message).not.toMatch(/did you mean|isWorkspaceAdmin/i);
    expect(await client.must('{ viewer { __typename } }')).toEqual({ viewer: { __typename: 'Viewer' } });
  });

  it('should let pages of every origin ask, and none send what a browser keeps', async () => {
    const preflight = await fetch(`${inProduction.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    // Nor is there anything for a browser to keep.
    const answer = await fetch(`${inProduction.url}/graphql`, { method: 'POST', body: '{}' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('should tell its numbers to whoever has their token, and without a token to this machine', async () => {
    const statusOf = async (engine: EngineProcess, headers: Record<string, string> = {}) =>
      (await fetch(`${engine.url}/metrics`, { headers })).status;
    expect(await statusOf(world.engine)).toBe(200);
    expect(await statusOf(world.engine, { 'x-forwarded-for': '192.0.2.7' })).toBe(401);
    expect(await statusOf(inProduction)).toBe(401);
    expect(await statusOf(inProduction, { authorization: 'Bearer a-token-for-metrics' })).toBe(200);
  });
});
