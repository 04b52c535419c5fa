import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../src';
import { pluginManifest } from './support/plugin-manifest';
import { SandboxClient } from './support/sandbox-client';

interface Page {
  companies: {
    totalCount: number;
    edges: { cursor: string; node: { id: string; updatedAt: string } }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  };
}

const BY_CHANGE = 'orderBy:[{updatedAt:AscNullsFirst},{id:AscNullsFirst}]';
const BOTH = '{or:[{deletedAt:{is:NULL}},{deletedAt:{is:NOT_NULL}}]}';

describe('reading records', () => {
  let sandbox: Sandbox;
  let client: SandboxClient;
  let app: string;
  const companies = () => [...sandbox.workspace.store.table('company').all()];
  const idsOf = async (filter: string, variables: Record<string, unknown> = {}, declared = ''): Promise<string[]> => {
    const answer = await client.records<Page>(
      app,
      `query${declared}{companies(first:5000,filter:${filter}){edges{node{id}}}}`,
      variables,
    );
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return (answer.data?.companies.edges ?? []).map(({ node }) => node.id);
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest(), apiRatePerMinute: 0 });
    client = new SandboxClient(sandbox);
    app = await client.appToken();
  });
  afterAll(() => sandbox.close());

  it('should give every record once and in order to a change cursor, while records change', async () => {
    const seen: { id: string; updatedAt: string }[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      const answer: { data?: Page | null } = await client.records<Page>(
        app,
        `query($a:String){companies(first:300,after:$a,filter:${BOTH},${BY_CHANGE}){edges{node{id updatedAt}} pageInfo{endCursor hasNextPage}}}`,
        { a: after },
      );
      const { edges, pageInfo } = answer.data?.companies ?? {
        edges: [],
        pageInfo: { endCursor: null, hasNextPage: false },
      };
      seen.push(...edges.map(({ node }) => node));
      after = pageInfo.endCursor;
      if (page === 2) {
        await client.records(
          app,
          'mutation($ids:[UUID!]){updateCompanies(filter:{id:{in:$ids}},data:{isLocked:true}){id}}',
          { ids: seen.slice(0, 100).map(({ id }) => id) },
        );
      }
      if (!pageInfo.hasNextPage) break;
    }
    const order = seen.map(({ id, updatedAt }) => `${updatedAt} ${id}`);
    expect(order).toEqual([...order].sort());
    expect(seen).toHaveLength(companies().length + 100);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(companies().length);
  });

  it('should read the same by keyset filter as by cursor', async () => {
    const [middle] = companies()
      .sort((a, b) => (`${a.updatedAt}${a.id}` < `${b.updatedAt}${b.id}` ? -1 : 1))
      .slice(1000);
    if (!middle) throw new Error('The sample has changed');
    const filter = '{or:[{updatedAt:{gt:$u}},{and:[{updatedAt:{eq:$u}},{id:{gt:$i}}]}]}';
    const answer = await client.records<Page>(
      app,
      `query($u:DateTime!,$i:UUID!){companies(first:5,filter:${filter},${BY_CHANGE}){totalCount edges{node{id}}}}`,
      { u: middle.updatedAt, i: middle.id },
    );
    const expected = companies().filter(
      (company) => `${company.updatedAt}${company.id}` > `${middle.updatedAt}${middle.id}`,
    );
    expect(answer.data?.companies.totalCount).toBe(expected.length);
    expect(answer.data?.companies.edges[0]?.node.id).toBe(
      expected.sort((a, b) => (`${a.updatedAt}${a.id}` < `${b.updatedAt}${b.id}` ? -1 : 1))[0]?.id,
    );
  });

  it('should hide soft-deleted records unless the filter mentions deletedAt', async () => {
    const [company] = companies();
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.records(admin, 'mutation($i:UUID!){deleteCompany(id:$i){id}}', { i: company?.id });
    const declared = '($i:UUID!)';
    expect(await idsOf('{id:{eq:$i}}', { i: company?.id }, declared)).toEqual([]);
    expect(await idsOf('{and:[{id:{eq:$i}},{deletedAt:{is:NOT_NULL}}]}', { i: company?.id }, declared)).toEqual([
      company?.id,
    ]);
    expect(await idsOf(`{and:[{id:{eq:$i}},${BOTH}]}`, { i: company?.id }, declared)).toEqual([company?.id]);
    await client.records(admin, 'mutation($i:UUID!){restoreCompany(id:$i){id}}', { i: company?.id });
    expect(await idsOf('{id:{eq:$i}}', { i: company?.id }, declared)).toEqual([company?.id]);
  });

  it('should follow SQL for NULL: neither equal nor unequal, and not by negation', async () => {
    const owner = sandbox.members.find(({ role }) => role === 'rep')?.id;
    const declared = '($m:UUID!)';
    const others = companies().filter(
      ({ accountOwnerId }) => accountOwnerId !== null && accountOwnerId !== owner,
    ).length;
    expect(await idsOf('{accountOwnerId:{neq:$m}}', { m: owner }, declared)).toHaveLength(others);
    expect(await idsOf('{not:{accountOwnerId:{eq:$m}}}', { m: owner }, declared)).toHaveLength(others);
  });

  it('should answer for any filter what a plain scan of its predicate finds', async () => {
    const states = ['上海', '江苏', 'Boston', 'Texas', 'Shanghai'];
    const members = sandbox.members.map(({ id }) => id);
    const leaf = fc.oneof(
      fc.constantFrom(...members).map((id) => ({ accountOwnerId: { eq: id } })),
      fc.constant({ accountOwnerId: { is: 'NULL' } }),
      fc.subarray(states, { minLength: 1 }).map((list) => ({ address: { addressState: { in: list } } })),
      fc.constantFrom('IMPORT', 'MANUAL', 'API').map((source) => ({ createdBy: { source: { eq: source } } })),
      fc.constantFrom('%科技%', 'north%', '%Ltd').map((pattern) => ({ name: { ilike: pattern } })),
      fc
        .subarray(
          companies()
            .slice(0, 5)
            .map(({ id }) => id),
          { minLength: 1 },
        )
        .map((ids) => ({ id: { in: ids } })),
    );
    const { filter: filters } = fc.letrec<{ filter: Record<string, unknown> }>((tie) => ({
      filter: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
        fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
        tie('filter').map((not) => ({ not })),
      ),
    }));
    const object = sandbox.workspace.registry.get('company');
    fc.assert(
      fc.property(filters, (filter) => {
        const predicate = sandbox.workspace.store.filters.compile(object, filter);
        const scanned = companies()
          .filter((company) => predicate(company) === true)
          .map(({ id }) => id)
          .sort();
        const found = sandbox.workspace.writer
          .matching(object, filter)
          .map(({ id }) => id)
          .sort();
        expect(found).toEqual(scanned);
      }),
      { numRuns: 150 },
    );
  });

  it('should give one-to-many and many-to-one relations, filtered and counted', async () => {
    const owner = sandbox.members.find(({ role }) => role === 'rep');
    const answer = await client.records<{
      workspaceMembers: {
        edges: {
          node: {
            accountOwnerForCompanies: { totalCount: number; edges: { node: { accountOwner: { id: string } } }[] };
          };
        }[];
      };
    }>(
      app,
      'query($i:UUID!){workspaceMembers(filter:{id:{eq:$i}}){edges{node{accountOwnerForCompanies(first:3){totalCount edges{node{accountOwner{id}}}}}}}}',
      { i: owner?.id },
    );
    const relation = answer.data?.workspaceMembers.edges[0]?.node.accountOwnerForCompanies;
    expect(relation?.totalCount).toBe(companies().filter(({ accountOwnerId }) => accountOwnerId === owner?.id).length);
    expect(relation?.edges.map(({ node }) => node.accountOwner.id)).toEqual([owner?.id, owner?.id, owner?.id]);
  });

  it('should count groups, the largest first on request', async () => {
    const answer = await client.records<{
      companiesGroupBy: { groupByDimensionValues: unknown[]; totalCount: number }[];
    }>(
      app,
      '{companiesGroupBy(groupBy:[{address:{addressCountry:true}}],orderBy:[{aggregate:{totalCount:DescNullsLast}}]){groupByDimensionValues totalCount}}',
    );
    const groups = answer.data?.companiesGroupBy ?? [];
    expect(groups.map(({ totalCount }) => totalCount)).toEqual(
      groups.map(({ totalCount }) => totalCount).sort((a, b) => b - a),
    );
    expect(groups.reduce((total, { totalCount }) => total + totalCount, 0)).toBe(companies().length);
    expect(groups.length).toBeGreaterThan(3);
  });

  it('should refuse an empty list, an unknown field and a value of the wrong kind in a filter', async () => {
    const codes = async (filter: string) =>
      (await client.records(app, `{companies(filter:${filter}){totalCount}}`)).errors?.[0]?.extensions;
    expect(await codes('{id:{in:[]}}')).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await codes('{nope:{eq:1}}')).toMatchObject({ code: 'BAD_USER_INPUT', subCode: 'INVALID_ARGS_FILTER' });
    expect(await codes('{poolStatus:{eq:NOPE}}')).toMatchObject({
      code: 'BAD_USER_INPUT',
      subCode: 'INVALID_ARGS_FILTER',
    });
    expect(await codes('{id:{eq:"x"}}')).toMatchObject({ code: 'BAD_USER_INPUT', subCode: 'INVALID_ARGS_FILTER' });
    // Only versions 1 to 5 are UUIDs to Twenty.
    expect(await codes('{id:{gt:"00000000-0000-0000-0000-000000000000"}}')).toMatchObject({
      code: 'BAD_USER_INPUT',
      subCode: 'INVALID_ARGS_FILTER',
    });
  });
});
