import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { company, EngineClient } from '../support/engine-client';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const claim =
  'mutation($customers: [CustomerRef!]!, $requestId: ID) { claim(customers: $customers, requestId: $requestId) { done refused outcomes { refusal { code } } } }';
const release = `mutation($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String) {
  release(customers: $customers, poolId: $poolId, reason: $reason, note: $note) { done } }`;
const preview =
  'query($selection: Selection!, $to: [ID!]!) { previewReassign(input: { selection: $selection, toMemberIds: $to }) { total } }';
/** As text, because an object literal cannot have such a key of its own. */
const filtered = (filter: string) => ({
  selection: { object: 'COMPANY', filter: JSON.parse(filter) as unknown },
  to: [randomUUID()],
});
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const inQuery = (filter: string) =>
  `previewReassign(input: { selection: { object: COMPANY, filter: ${filter} }, toMemberIds: [] }) { total }`;
const hold =
  'mutation($customers: [CustomerRef!]!, $from: Date!, $until: Date!) { hold(customers: $customers, from: $from, until: $until, reason: "x") { done } }';
const refs = (count: number) => Array.from({ length: count }, () => company(randomUUID()));

describe('wrong input', () => {
  let world: HighseasWorld;
  let client: EngineClient;
  let before: unknown[];
  let free = '';
  const usedTokens: string[] = [];

  /** All that a request could have changed; what jobs keep by the way is left out. */
  const state = async () => [
    await world.rows(
      'SELECT object, record_id, name, status, pool_id, owner_id, former_owner_id, owned_since, pooled_since, write_id, is_deleted FROM customer ORDER BY record_id',
    ),
    await world.rows('SELECT id, state, type, record_id, from_id, to_id FROM ownership_event ORDER BY seq'),
    await world.rows('SELECT count(*) FROM pending_write WHERE command_id IS NOT NULL'),
    world.twenty.all('company').map(({ id, accountOwnerId, customerPoolId, poolStatus, deletedAt }) => ({
      id,
      accountOwnerId,
      customerPoolId,
      poolStatus,
      deletedAt,
    })),
  ];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { HIGHSEAS_LOG_LEVEL: 'trace' },
      seed: (twenty) => (free = twenty.seedCompany()),
    });
    await expectSettled(world);
    client = await world.as(world.twenty.member('sophie.turner'), 'en');
    before = await state();
  });
  afterEach(async () => {
    if (!isDeepStrictEqual(await state(), before)) throw new Error('It changed something');
  });
  afterAll(() => world?.close());

  it.each([
    ['a malformed uuid', claim, { customers: [company('12-34')] }],
    ['an id with a quote in it', claim, { customers: [company(`${randomUUID().slice(0, 35)}'`)] }],
    ['an object that is none', claim, { customers: [{ object: 'OPPORTUNITY', recordId: randomUUID() }] }],
    ['no customers at all', claim, {}],
    ['null for a customer', claim, { customers: [null] }],
    ['a number for the list', claim, { customers: 7 }],
    ['5,000 ids in one call', claim, { customers: refs(5000) }],
    ['1,001 ids in one call', claim, { customers: refs(1001) }],
    ['a request id of a thousand characters', claim, { customers: refs(1), requestId: 'x'.repeat(1000) }],
    ['NUL in a request id', claim, { customers: refs(1), requestId: 'a\0b' }],
    ['NUL in a note', release, { customers: refs(1), reason: 'OTHER', note: 'a\0b' }],
    ['a reason that is too long', release, { customers: refs(1), reason: 'r'.repeat(501) }],
    ['a pool id that is none', release, { customers: refs(1), poolId: 'default', reason: 'OTHER' }],
    ['a field that is not there', '{ viewer { password } }', {}],
    ['half a character in a note', release, { customers: refs(1), reason: 'OTHER', note: '\ud83d' }],
    ['a filter that is empty', preview, filtered('{}')],
    ['a filter without a condition', preview, filtered('{"and":[{"name":{}}]}')],
    ['a filter of __proto__ alone', preview, filtered('{"__proto__":{"name":{"eq":"x"}}}')],
    ['a filter of constructor alone', preview, filtered('{"constructor":{"name":{"eq":"x"}}}')],
    ['a filter nested without end', preview, filtered(`{"and":${nested(1000)}}`)],
    ['a filter of values without end', preview, filtered(`{"id":{"in":[${'0,'.repeat(6000)}0]}}`)],
    ['a filter of __proto__ in the query', `{ ${inQuery('{ __proto__: { name: { eq: "x" } } }')} }`, {}],
    ['a filter nested in the query', `{ ${inQuery(nested(1000))} }`, {}],
    ['a filter nested in the query beyond what can be parsed', `{ ${inQuery(nested(9000))} }`, {}],
    [
      'a policy of __proto__ alone',
      'query($changes: JSON!) { simulatePolicy(patch: { poolId: "00000000-0000-0000-0000-000000000000", changes: $changes }) { affected } }',
      { changes: JSON.parse('{"__proto__":{"followUpDays":1}}') as unknown },
    ],
    ['a time far beyond the calendar', '{ ownershipEvents(since: "+275760-09-13T00:00:00.000Z") { hasNextPage } }', {}],
    ['a time before all years', '{ ownershipEvents(until: "0000-01-01T00:00:00Z") { hasNextPage } }', {}],
    ['a date before all years', hold, { customers: refs(1), from: '0000-01-01', until: '0000-01-02' }],
    ['a page of none', '{ customers(first: 0) { totalCount } }', {}],
    ['a page of a thousand', '{ customers(first: 1000) { totalCount } }', {}],
    ['a cursor that is none', '{ customers(after: "WyJ4Il0") { totalCount } }', {}],
    ['a history cursor that is none', '{ ownershipEvents(after: "1; DROP TABLE customer") { hasNextPage } }', {}],
    ['text that is no GraphQL', '{ viewer {', {}],
    ['more tokens than a request needs', `{ viewer { ${'isWorkspaceAdmin '.repeat(30_000)} } }`, {}],
    [
      'a hundred aliases',
      `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: viewer { isWorkspaceAdmin }`).join(' ')} }`,
      {},
    ],
  ])('should answer %s with BAD_USER_INPUT', async (_what, query, variables) => {
    const { data, errors } = await client.ask(query, variables);
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(data?.['claim'] ?? data?.['release'] ?? null).toBeNull();
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|at .*\.js:|SELECT |pg_|QueryFailed/);
  });

  it('should not follow JSON to its end', async () => {
    const variables = `{"deep":${nested(200_000)}}`;
    const { errors } = await client.send(
      `{"query":${JSON.stringify('query($deep: JSON!) { simulatePolicy(patch: { poolId: "x", changes: $deep }) { affected } }')},"variables":${variables}}`,
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('nested'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('should not follow a query deeper than any answer', async () => {
    const { data, errors } = await client.ask(
      `{ __schema { types { fields ${'{ type { fields '.repeat(8)} { name } ${'} }'.repeat(8)} } } }`,
    );
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(/depth/i),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('should refuse records that do not exist, each with its outcome', async () => {
    const { outcomes } = await client.claim(refs(1000));
    expect(outcomes).toHaveLength(1000);
    expect(new Set(outcomes.map(({ refusal }) => refusal?.code))).toEqual(new Set(['NOT_FOUND']));
    expect((await client.release(refs(2), { reason: 'OTHER' })).outcomes).toMatchObject([
      { refusal: { code: 'NOT_FOUND' } },
      { refusal: { code: 'NOT_FOUND' } },
    ]);
    expect(await client.customer(company(randomUUID()))).toBeNull();
    expect((await client.claim([{ object: 'PERSON', recordId: free }])).outcomes).toMatchObject([
      { refusal: { code: 'NOT_FOUND' } },
    ]);
    expect(await client.claim([])).toMatchObject({ outcomes: [], done: 0 });
  });

  const strangers: [string, () => Promise<string>][] = [
    ['no token', async () => ''],
    ['a token that is none', async () => 'garbage'],
    [
      'a token with a broken signature',
      async () => `${(await world.twenty.token(world.twenty.member('sophie.turner'))).slice(0, -6)}AAAAAA`,
    ],
    [
      'an expired token',
      async () => world.twenty.token(world.twenty.member('sophie.turner'), { expiresInSeconds: -5 }),
    ],
    [
      "another workspace's token",
      async () => world.twenty.token(world.twenty.member('sophie.turner'), { workspace: 'other' }),
    ],
    ["the app's own token", clientCredentialsToken],
    ['an API key', async () => world.sandbox.credentials.apiKey],
  ];
  it.each(strangers)('should answer %s with UNAUTHENTICATED', async (_what, tokenOf) => {
    const token = await tokenOf();
    if (token.length > 10) usedTokens.push(token);
    const stranger = new EngineClient(world.engine.url, token);
    const requests: [string, Record<string, unknown>?][] = [
      [claim, { customers: [company(free)] }],
      [release, { customers: [company(free)], reason: 'OTHER' }],
      ['{ viewer { isWorkspaceAdmin } }'],
      ['{ pools { id } }'],
      ['{ customers { totalCount } }'],
      ['{ ownershipEvents { hasNextPage } }'],
      [`{ customer(object: COMPANY, recordId: "${free}") { name } }`],
    ];
    for (const [query, variables] of requests) {
      const { status, data, errors } = await stranger.ask(query, variables);
      expect([query, status, errors[0]?.extensions?.['code']]).toEqual([query, 401, 'UNAUTHENTICATED']);
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    }
  });

  it('should let a token in until it expires and not after', async () => {
    const token = await world.twenty.token(world.twenty.member('tom.baker'), { expiresInSeconds: 2 });
    usedTokens.push(token);
    const tom = new EngineClient(world.engine.url, token);
    expect((await tom.ask('{ viewer { isWorkspaceAdmin } }')).errors).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await tom.ask('{ viewer { isWorkspaceAdmin } }')).errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['malformed JSON', '{"query": "{ viewer'],
    ['JSON that is no request', '[1, 2]'],
    ['an empty body', ''],
    ['a query that is no text', '{"query": 5}'],
    [
      'two requests in one',
      '[{"query":"{ viewer { isWorkspaceAdmin } }"},{"query":"{ viewer { isWorkspaceAdmin } }"}]',
    ],
  ])('should answer %s with a coded error', async (_what, body) => {
    const { status, data, errors } = await client.send(body);
    expect(status).toBe(400);
    expect(data).toBeNull();
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('should not read a body of megabytes', async () => {
    const { status, errors } = await client.send(
      JSON.stringify({ query: claim, variables: { customers: [], requestId: 'x'.repeat(3_000_000) } }),
    );
    expect(status).toBe(413);
    expect(errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('should write no token and no secret into its log', async () => {
    const [row] = await world.rows<{ webhook_secret: string }>('SELECT webhook_secret FROM workspace');
    const own = await world.twenty.token(world.twenty.member('sophie.turner'));
    const log = world.engine.log();
    expect(log.length).toBeGreaterThan(1000);
    const { clientSecret, apiKey } = world.sandbox.credentials;
    for (const secret of [
      ...usedTokens,
      clientSecret,
      apiKey,
      row?.webhook_secret ?? 'none',
      new URL(world.database.url).password || 'none:',
    ])
      expect(log.includes(secret)).toBe(false);
    // Not even the head that all tokens share.
    expect(log.includes(own.slice(0, 20))).toBe(false);
  });

  async function clientCredentialsToken(): Promise<string> {
    const { clientId, clientSecret } = world.sandbox.credentials;
    const response = await fetch(`${world.sandbox.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }
});
