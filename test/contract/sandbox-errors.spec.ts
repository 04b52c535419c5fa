import { startSandbox, type Sandbox } from '../../packages/twenty-sandbox/src';
import { NO_OWNER_ROLE_IDENTIFIER, pluginManifest } from '../../packages/twenty-sandbox/test/support/plugin-manifest';
import { SandboxClient } from '../../packages/twenty-sandbox/test/support/sandbox-client';
import { describeWithRecordings, recordedErrors } from '../support/recorded-twenty';

interface RecordedCase {
  case: string;
  httpStatus: number;
  request?: { path: string; method?: string; query?: string; variables?: Record<string, unknown>; body?: unknown };
  body: unknown;
}

const COMPANY = '20202020-a0c0-4a3e-9da8-766157ea9c0b';
const SOFT_DELETED = 'c91972b2-0939-4daf-bcbb-48136616a0a8';
const REP = 'tom.baker@highseas.example';

/** A recorded request without a record of the demo workspace's own fields. */
const adapted = (query: string): string =>
  query
    .replaceAll('tagline', 'duplicateOf')
    .replaceAll('5aad0e07-0b78-4649-8efd-939405cac96f', pluginManifest().application.universalIdentifier);

/** What may differ between two runs: times, ids made on the way, constraint names, and labels of the app's own fields. */
function comparable(body: unknown): unknown {
  const text = JSON.stringify(body)
    .replaceAll('tagline', 'duplicateOf')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
    .replaceAll(/FK_[0-9a-f]{27}/g, 'FK')
    .replaceAll(/c175b746-b39b-49d4-b2d5-47ef9e7a951b/g, '<id>')
    .replaceAll('Engine Id', 'Engine id');
  return JSON.parse(text) as unknown;
}

describeWithRecordings('errors of the sandbox', () => {
  const cases = recordedErrors() as RecordedCase[];
  let sandbox: Sandbox;
  let client: SandboxClient;
  let app: string;
  const tokens: Record<string, string | undefined> = {};
  const recordedCase = (name: string): RecordedCase => {
    const found = cases.find((entry) => entry.case === name);
    if (!found) throw new Error(`Not recorded: ${name}`);
    return found;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest() });
    client = new SandboxClient(sandbox);
    app = await client.appToken();
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    const rep = sandbox.workspace.userByEmail(REP);
    const guest = [...sandbox.workspace.roles.values()].find((role) => role.label === 'Guest');
    if (!rep || !guest) throw new Error('The sample has changed');
    tokens.member = await client.token({ email: REP });
    tokens.guest = await client.token({ email: 'sun.li@highseas.example' });
    const guestUser = sandbox.workspace.userByEmail('sun.li@highseas.example');
    if (guestUser) guestUser.roleId = guest.id;
    await client.records(admin, 'mutation($d:[CompanyCreateInput!]!){createCompanies(data:$d){id}}', {
      d: [
        { id: COMPANY, name: 'Probe' },
        { id: SOFT_DELETED, name: 'Soft probe' },
      ],
    });
    await client.records(admin, 'mutation($i:UUID!){deleteCompany(id:$i){id}}', { i: SOFT_DELETED });
  });
  afterAll(() => sandbox.close());

  const tokenOf = (name: string): string | undefined => {
    if (name === 'auth: none') return undefined;
    if (name.startsWith('auth:')) return 'garbage.token.here';
    if (name === 'permission: guest create') return tokens.guest;
    if (name === 'permission: applications as member') return tokens.member;
    return app;
  };

  // In the order of the recording: some cases work on what earlier ones left behind.
  const replayed = recordedErrors()
    .filter(
      (entry) =>
        entry.request?.path === '/graphql' ||
        entry.request?.path === '/metadata' ||
        entry.request?.path === '/oauth/token',
    )
    .filter(
      (entry) => !['auth: token of an uninstalled application', 'too many records: create (201)'].includes(entry.case),
    ) as RecordedCase[];

  it.each(replayed.map((entry) => [entry.case, entry] as const))(
    'should answer as Twenty does: %s',
    async (name, entry) => {
      const { request } = entry;
      if (!request) throw new Error('No request');
      const payload = request.body ?? {
        query: adapted(request.query ?? ''),
        variables: JSON.parse(adapted(JSON.stringify(request.variables ?? {}))) as unknown,
      };
      const answer = await client.post(request.path, payload, tokenOf(name));
      expect(answer.status).toBe(entry.httpStatus);
      let body = answer.body;
      if (name.startsWith('unique violation') || name === 'upsert by unique field') {
        const stored = [...sandbox.workspace.store.table('ownershipEvent').all()][0]?.id ?? '';
        body = JSON.parse(JSON.stringify(body).replaceAll(stored, '<id>')) as unknown;
      }
      expect(comparable(body)).toEqual(comparable(entry.body));
    },
  );

  it('should replay most of what was recorded', () => {
    expect(replayed.length).toBeGreaterThan(30);
  });

  it('should refuse 201 new records', async () => {
    const d = Array.from({ length: 201 }, (_, index) => ({ name: `n${index}` }));
    const answer = await client.records(
      app,
      'mutation($d:[OwnershipEventCreateInput!]!){createOwnershipEvents(data:$d){id}}',
      { d },
    );
    expect(answer).toEqual(recordedCase('too many records: create (201)').body);
  });

  it('should refuse a field that the role may not write', async () => {
    const user = sandbox.workspace.userByEmail('emma.clark@highseas.example');
    const role = [...sandbox.workspace.roles.values()].find(
      ({ universalIdentifier }) => universalIdentifier === NO_OWNER_ROLE_IDENTIFIER,
    );
    if (!user || !role) throw new Error('The sample has changed');
    user.roleId = role.id;
    const token = await client.token({ email: user.email });
    const answer = await client.records(
      token,
      'mutation($i:UUID!,$m:ID){updateCompany(id:$i,data:{accountOwnerId:$m}){id}}',
      {
        i: COMPANY,
        m: user.workspaceMemberId,
      },
    );
    expect(answer).toEqual(recordedCase('permission: field not updatable by role').body);
  });

  it('should limit an API key to 100 root fields a minute', async () => {
    // The bucket fills again while the calls are made, so the one that is too much may come a little later.
    const answers: Awaited<ReturnType<typeof client.records>>[] = [];
    while (answers.length < 150 && answers.every(({ errors }) => errors === undefined)) {
      answers.push(await client.records(sandbox.credentials.apiKey, '{companies(first:1){totalCount}}'));
    }
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.at(-1)).toEqual(recordedCase('rate limited (API key)').body);
  });

  it('should refuse tokens and credentials of an app that is not installed', async () => {
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.metadata(admin, 'mutation($u:String!){uninstallApplication(universalIdentifier:$u)}', {
      u: pluginManifest().application.universalIdentifier,
    });
    expect(await client.records(app, '{companies(first:1){totalCount}}')).toEqual(
      recordedCase('auth: token of an uninstalled application').body,
    );
    const { clientId, clientSecret } = sandbox.credentials;
    expect(clientId).toBe('');
    expect(clientSecret).toBe('');
  });
});
