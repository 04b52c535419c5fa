import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { startSandbox, type AppManifest, type Sandbox } from '../../packages/twenty-sandbox/src';
import { pluginManifest } from '../../packages/twenty-sandbox/test/support/plugin-manifest';
import { SandboxClient } from '../../packages/twenty-sandbox/test/support/sandbox-client';

interface Chart {
  title: string;
  object: string;
  objects: string;
  filter: unknown;
  groupBy: unknown[];
}

const BUILT = join(__dirname, '../../packages/twenty-app/.twenty/output/manifest.json');

const withBuiltApp = existsSync(BUILT) ? describe : describe.skip; // skipped where the app is not built; npm test builds it

withBuiltApp('the built app in the sandbox (skipped where it is not built: npm run app:build)', () => {
  let built: Sandbox;
  let declared: Sandbox;

  beforeAll(async () => {
    built = await startSandbox({ sample: false, manifest: BUILT });
    declared = await startSandbox({ sample: false, manifest: pluginManifest() });
  });
  afterAll(() => Promise.all([built.close(), declared.close()]));

  it('should give the record API that plugin.json declares', () => {
    const apiOf = (sandbox: Sandbox) => printSchema(lexicographicSortSchema(sandbox.workspace.schemas().published));
    expect(apiOf(built)).toBe(apiOf(declared));
  });

  it('should give the settings that plugin.json declares', () => {
    const settingsOf = (sandbox: Sandbox) =>
      [...sandbox.workspace.applications.values()].flatMap(({ variables }) =>
        [...variables.values()].map(({ key, type, value }) => ({ key, type, value })),
      );
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
    expect(settingsOf(built).sort(byKey)).toEqual(settingsOf(declared).sort(byKey));
  });

  it('should give the engine its rights on records and nothing that deletes', async () => {
    const client = new SandboxClient(built);
    const token = await client.appToken();
    const readable = await client.records(
      token,
      `{companies{totalCount} people{totalCount} opportunities{totalCount} notes{totalCount} noteTargets{totalCount}
      tasks{totalCount} taskTargets{totalCount} workspaceMembers{totalCount} customerPools{totalCount} customerPoolMembers{totalCount} ownershipEvents{totalCount}}`,
    );
    expect(readable.errors).toBeUndefined();
    const destroyed = await client.records(token, 'mutation{destroyCompanies(filter:{name:{like:"%"}}){id}}');
    expect(destroyed.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await client.metadata(token, '{webhooks{id}}')).data).toEqual({ webhooks: [] });
  });

  it('should serve the routes of the app to members', async () => {
    const client = new SandboxClient(built);
    const token = await client.token({ email: 'tom.baker@highseas.example' });
    expect(await client.get('/s/highseas/engine', token)).toMatchObject({
      status: 200,
      body: { engineUrl: expect.any(String) },
    });
    expect(await client.get('/s/highseas/nothing', token)).toMatchObject({ status: 404 });
  });

  it('should draw charts from questions that the record API answers, and list what is due with what is overdue', async () => {
    const client = new SandboxClient(built);
    const token = await client.token({ email: 'tom.baker@highseas.example', kind: 'user' });
    const { app } = (await client.get('/sandbox/workspace')).body as {
      app: { pages: { charts: Chart[] }[]; views: { name: string; anyOf: { operand: string }[][] }[] };
    };
    const charts = app.pages.flatMap((page) => page.charts);
    expect(charts.length).toBeGreaterThan(5);
    for (const { title, object, objects, filter, groupBy } of charts) {
      const type = object.charAt(0).toUpperCase() + object.slice(1);
      const query =
        groupBy.length === 0
          ? `query($filter: ${type}FilterInput) { ${objects}(filter: $filter, first: 0) { totalCount } }`
          : `query($filter: ${type}FilterInput, $groupBy: [${type}GroupByInput!]!) { ${objects}GroupBy(filter: $filter, groupBy: $groupBy) { totalCount } }`;
      expect({
        title,
        errors: (await client.records(token, query, { filter, ...(groupBy.length > 0 && { groupBy }) })).errors,
      }).toEqual({ title, errors: undefined });
    }
    const due = app.views.filter(({ name }) => name.startsWith('Due soon'));
    expect(due.map(({ anyOf }) => anyOf.flat().map(({ operand }) => operand))).toEqual(
      due.map(() => ['IS_RELATIVE', 'IS_TODAY', 'IS_IN_PAST', 'IS_TODAY']),
    );
    expect(due).toHaveLength(2);
  });

  it('should let the role for reps change neither owners nor pools, and everything else of a customer', async () => {
    const client = new SandboxClient(built);
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    const roles = (await client.metadata<{ getRoles: { id: string; label: string }[] }>(admin, '{getRoles{id label}}'))
      .data?.getRoles;
    const role = roles?.find(({ label }) => label.startsWith('Sales rep with pools'));
    const emma = built.members.find(({ email }) => email.startsWith('emma.clark@'));
    const assigned = await client.metadata(
      admin,
      'mutation($member: UUID!, $role: UUID!){updateWorkspaceMemberRole(workspaceMemberId:$member, roleId:$role){id}}',
      { member: emma?.id, role: role?.id },
    );
    expect(assigned.errors).toBeUndefined();

    const rep = await client.token({ email: emma?.email ?? '', kind: 'user' });
    const change = async (data: Record<string, unknown>) => {
      const { errors } = await client.records(
        rep,
        'mutation($data: [CompanyCreateInput!]!){createCompanies(data:$data){id}}',
        { data: [{ name: 'Acme', ...data }] },
      );
      return errors?.[0]?.extensions?.code ?? 'done';
    };
    expect(await change({})).toBe('done');
    expect(await change({ accountOwnerId: emma?.id })).toBe('FORBIDDEN');
    expect(await change({ poolStatus: 'OWNED' })).toBe('FORBIDDEN');
    const pool = await client.records(rep, 'mutation{createCustomerPools(data:[{name:"Mine"}]){id}}');
    expect(pool.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('should be an upgrade that keeps every record when it is installed again', async () => {
    const sandbox = await startSandbox({ manifest: BUILT });
    const count = () =>
      sandbox.workspace.registry
        .objects()
        .map(({ nameSingular }) => [nameSingular, sandbox.workspace.store.table(nameSingular).size]);
    const before = count();
    const [application] = [...sandbox.workspace.applications.values()];
    sandbox.install({ ...(application?.manifest as AppManifest) });
    expect(count()).toEqual(before);
    await sandbox.close();
  });
});
