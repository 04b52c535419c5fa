import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { startSandbox, type AppManifest, type Sandbox } from '../../packages/twenty-sandbox/src';
import { pluginManifest } from '../../packages/twenty-sandbox/test/support/plugin-manifest';
import { SandboxClient } from '../../packages/twenty-sandbox/test/support/sandbox-client';

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
      [...sandbox.workspace.applications.values()].flatMap(({ variables }) => [...variables.values()].map(({ key, type, value }) => ({ key, type, value })));
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
    expect(settingsOf(built).sort(byKey)).toEqual(settingsOf(declared).sort(byKey));
  });

  it('should give the engine its rights on records and nothing that deletes', async () => {
    const client = new SandboxClient(built);
    const token = await client.appToken();
    const readable = await client.records(token, `{companies{totalCount} people{totalCount} opportunities{totalCount} notes{totalCount} noteTargets{totalCount}
      tasks{totalCount} taskTargets{totalCount} workspaceMembers{totalCount} customerPools{totalCount} customerPoolMembers{totalCount} ownershipEvents{totalCount}}`);
    expect(readable.errors).toBeUndefined();
    const destroyed = await client.records(token, 'mutation{destroyCompanies(filter:{name:{like:"%"}}){id}}');
    expect(destroyed.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await client.metadata(token, '{webhooks{id}}')).data).toEqual({ webhooks: [] });
  });

  it('should serve the routes of the app to members', async () => {
    const client = new SandboxClient(built);
    const token = await client.token({ email: 'tom.baker@highseas.example' });
    expect(await client.get('/s/highseas/engine', token)).toMatchObject({ status: 200, body: { engineUrl: expect.any(String) } });
    expect(await client.get('/s/highseas/nothing', token)).toMatchObject({ status: 404 });
  });

  it('should be an upgrade that keeps every record when it is installed again', async () => {
    const sandbox = await startSandbox({ manifest: BUILT });
    const count = () => sandbox.workspace.registry.objects().map(({ nameSingular }) => [nameSingular, sandbox.workspace.store.table(nameSingular).size]);
    const before = count();
    const [application] = [...sandbox.workspace.applications.values()];
    sandbox.install({ ...(application?.manifest as AppManifest) });
    expect(count()).toEqual(before);
    await sandbox.close();
  });
});
