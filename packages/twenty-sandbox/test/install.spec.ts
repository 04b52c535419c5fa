import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, TwentyError, type AppManifest, type Sandbox } from '../src';
import { pluginManifest } from './support/plugin-manifest';
import { SandboxClient } from './support/sandbox-client';

const COMPANY = '20202020-b374-4779-a561-80086cb2e17f';
let serial = 0;
const identifier = (): string => `00000000-0000-4000-8000-${String((serial += 1)).padStart(12, '0')}`;

function text(name: string, extras: object = {}) {
  return { universalIdentifier: identifier(), type: 'TEXT', name, label: name, ...extras };
}

function object(nameSingular: string, namePlural: string, fields = [text('name')]) {
  const [label] = fields;
  return {
    universalIdentifier: identifier(),
    nameSingular,
    namePlural,
    labelSingular: nameSingular,
    labelPlural: namePlural,
    fields,
    ...(label && { labelIdentifierFieldMetadataUniversalIdentifier: label.universalIdentifier }),
  };
}

function app(parts: Partial<AppManifest>): AppManifest {
  return {
    application: { universalIdentifier: '99999999-9999-4999-8999-999999999999', displayName: 'Test app' },
    ...parts,
  };
}

describe('installing an app', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ sample: false });
  });
  afterEach(() => sandbox.close());

  const refusal = (manifest: AppManifest): string[] => {
    try {
      sandbox.install(manifest);
    } catch (error) {
      if (error instanceof TwentyError) return error.extensions.errors as string[];
      throw error;
    }
    return [];
  };

  it.each<[string, () => AppManifest, RegExp]>([
    [
      'a reserved field name',
      () => app({ objects: [object('boat', 'boats', [text('name'), text('type')])] }),
      /reserved/,
    ],
    ['a reserved object name', () => app({ objects: [object('event', 'events')] }), /reserved/],
    ['the name of a standard object', () => app({ objects: [object('company', 'firms')] }), /already in use/],
    [
      'a name twice on one object',
      () => app({ fields: [text('name', { objectUniversalIdentifier: COMPANY })] }),
      /already in use/,
    ],
    [
      'a field of an unknown object',
      () => app({ fields: [text('colour', { objectUniversalIdentifier: identifier() })] }),
      /unknown object/,
    ],
    [
      'a relation to an unknown object',
      () =>
        app({
          fields: [
            text('captain', {
              type: 'RELATION',
              objectUniversalIdentifier: COMPANY,
              relationTargetObjectMetadataUniversalIdentifier: identifier(),
              relationTargetFieldMetadataUniversalIdentifier: identifier(),
              universalSettings: { relationType: 'MANY_TO_ONE' },
            }),
          ],
        }),
      /unknown object/,
    ],
    [
      'an index on a standard object',
      () => app({ indexes: [{ universalIdentifier: identifier(), objectUniversalIdentifier: COMPANY }] }),
      /unknown object/,
    ],
    [
      'a view of another server generation',
      () =>
        app({
          viewFields: [{ universalIdentifier: identifier(), viewUniversalIdentifier: identifier() }],
        }),
      /View not found/,
    ],
    [
      'a select without options',
      () => app({ fields: [text('colour', { type: 'SELECT', objectUniversalIdentifier: COMPANY })] }),
      /options/,
    ],
    [
      'one universal identifier twice',
      () => {
        const boat = object('boat', 'boats');
        return app({ objects: [boat, { ...object('ship', 'ships'), universalIdentifier: boat.universalIdentifier }] });
      },
      /used twice/,
    ],
  ])('should refuse %s and change nothing', (_name, manifest, reason) => {
    const before = sandbox.workspace.registry.version;
    expect(refusal(manifest()).join('\n')).toMatch(reason);
    expect(sandbox.workspace.registry.version).toBe(before);
  });

  it('should add objects, fields and defaults, also to records that are there', async () => {
    const client = new SandboxClient(sandbox);
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.records(admin, 'mutation{createCompany(data:{name:"Old"}){id}}');
    sandbox.install(
      app({
        objects: [object('boat', 'boats')],
        fields: [
          text('colour', {
            objectUniversalIdentifier: COMPANY,
            type: 'SELECT',
            defaultValue: "'RED'",
            options: [
              { value: 'RED', label: 'Red' },
              { value: 'BLUE', label: 'Blue' },
            ],
          }),
          text('knots', { objectUniversalIdentifier: COMPANY, type: 'NUMBER' }),
        ],
      }),
    );
    expect((await client.records(admin, '{companies{edges{node{name colour knots}}}}')).data).toEqual({
      companies: { edges: [{ node: { name: 'Old', colour: 'RED', knots: null } }] },
    });
    expect((await client.records(admin, 'mutation{createBoat(data:{name:"Ark"}){name createdBy{name}}}')).data).toEqual(
      {
        createBoat: { name: 'Ark', createdBy: { name: 'Alice Morgan' } },
      },
    );
  });

  it('should remove what a new version no longer has, with its data', async () => {
    const colour = text('colour', { objectUniversalIdentifier: COMPANY });
    const boats = object('boat', 'boats');
    sandbox.install(app({ objects: [boats], fields: [colour] }));
    sandbox.workspace.store
      .table('boat')
      .put(
        sandbox.workspace.store.complete(
          sandbox.workspace.registry.get('boat'),
          { id: identifier(), name: 'Ark' },
          { source: 'MANUAL', workspaceMemberId: null, name: '', context: null },
        ),
      );
    sandbox.install(app({ objects: [boats] }));
    expect(sandbox.workspace.registry.get('company').fields.has('colour')).toBe(false);
    expect(sandbox.workspace.store.table('boat').size).toBe(1);
    sandbox.install(app({}));
    expect(sandbox.workspace.registry.find('boat')).toBeUndefined();
  });

  it('should keep the values of variables over an upgrade', () => {
    const manifest = pluginManifest();
    sandbox.install(manifest);
    const variable = () => [...sandbox.workspace.applications.values()][0]?.variables.get('TIME_ZONE');
    const first = variable();
    if (first) first.value = 'Europe/Paris';
    sandbox.install(manifest);
    expect(variable()?.value).toBe('Europe/Paris');
  });

  it('should install over HTTP, by the metadata API and by a path of its own', async () => {
    const client = new SandboxClient(sandbox);
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    const manifest = pluginManifest();
    const synced = await client.metadata(
      admin,
      'mutation($m:JSON!){syncApplication(manifest:$m){applicationUniversalIdentifier}}',
      { m: manifest },
    );
    expect(synced.data).toEqual({
      syncApplication: { applicationUniversalIdentifier: manifest.application.universalIdentifier },
    });
    expect(await client.post('/sandbox/install', { manifest })).toMatchObject({
      status: 200,
      body: { clientId: sandbox.credentials.clientId },
    });
    expect(
      await client.post('/sandbox/install', { manifest: app({ objects: [object('job', 'jobs')] }) }),
    ).toMatchObject({ status: 400 });
    expect(await client.post('/sandbox/install', {})).toMatchObject({ status: 400 });
  });

  it('should install an uploaded package', async () => {
    const client = new SandboxClient(sandbox);
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    const { universalIdentifier } = pluginManifest().application;
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-package-'));
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package', 'manifest.json'), JSON.stringify(pluginManifest()));
    writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ version: '1.2.3' }));
    const tarball = execFileSync('tar', ['-cz', '-C', folder, 'package']);
    rmSync(folder, { recursive: true });
    const form = new FormData();
    form.append(
      'operations',
      JSON.stringify({
        query: 'mutation($file:Upload!){uploadAppTarball(file:$file){universalIdentifier}}',
        variables: { file: null },
      }),
    );
    form.append('map', JSON.stringify({ 0: ['variables.file'] }));
    form.append('0', new Blob([new Uint8Array(tarball)], { type: 'application/gzip' }), 'app.tar.gz');
    const uploaded = await fetch(`${sandbox.url}/metadata`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}` },
      body: form,
    });
    expect(await uploaded.json()).toEqual({ data: { uploadAppTarball: { universalIdentifier } } });
    expect(sandbox.workspace.applications.size).toBe(0);
    const installed = await client.metadata(
      admin,
      'mutation($u:String!){installApplication(universalIdentifier:$u){name version}}',
      { u: universalIdentifier },
    );
    expect(installed.data).toEqual({ installApplication: { name: 'Highseas', version: '1.2.3' } });
    expect(sandbox.workspace.registry.find('customerPool')).toBeDefined();
  });

  it('should take its fields, objects and roles along when it is uninstalled, and leave webhooks', async () => {
    sandbox.install(pluginManifest());
    const client = new SandboxClient(sandbox);
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.metadata(
      admin,
      'mutation{createWebhook(input:{targetUrl:"http://127.0.0.1:9/",operations:["company.*"]}){id}}',
    );
    await client.metadata(admin, 'mutation($u:String!){uninstallApplication(universalIdentifier:$u)}', {
      u: pluginManifest().application.universalIdentifier,
    });
    expect(sandbox.workspace.registry.find('customerPool')).toBeUndefined();
    expect(sandbox.workspace.registry.get('company').fields.has('poolStatus')).toBe(false);
    expect(sandbox.workspace.registry.get('workspaceMember').fields.has('ownedPeople')).toBe(false);
    expect(sandbox.workspace.roles.size).toBe(3);
    expect(sandbox.workspace.webhooks.size).toBe(1);
  });
});
