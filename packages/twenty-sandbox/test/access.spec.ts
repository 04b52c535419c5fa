import jwt from 'jsonwebtoken';
import { startSandbox, type Sandbox } from '../src';
import { STANDARD_ROLES } from '../src/auth/role';
import { pluginManifest } from './support/plugin-manifest';
import { SandboxClient } from './support/sandbox-client';

const INTROSPECTION = `{currentUser{id email locale workspaceMember{id locale timeZone roles{id label}}
  currentUserWorkspace{id permissionFlags}} currentWorkspace{id}}`;
const IDENTIFIER = pluginManifest().application.universalIdentifier;

interface Introspection {
  currentUser: {
    email: string;
    workspaceMember: { id: string; timeZone: string };
    currentUserWorkspace: { permissionFlags: string[] };
  };
  currentWorkspace: { id: string };
}

describe('who may do what', () => {
  let sandbox: Sandbox;
  let client: SandboxClient;
  let app: string;
  const ADMIN = 'alice.morgan@highseas.example';
  const REP = 'zhang.min@highseas.example';

  beforeEach(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest(), sample: false });
    client = new SandboxClient(sandbox);
    app = await client.appToken();
  });
  afterEach(() => sandbox.close());

  it('should introspect a front-component token as its user, with the flags of the role', async () => {
    const answer = await client.metadata<Introspection>(await client.token({ email: REP }), INTROSPECTION);
    expect(answer.data?.currentUser.email).toBe(REP);
    expect(answer.data?.currentUser.workspaceMember).toMatchObject({
      id: sandbox.members.find(({ email }) => email === REP)?.id,
      timeZone: 'Asia/Shanghai',
    });
    expect(answer.data?.currentUser.currentUserWorkspace.permissionFlags).toHaveLength(12);
    const admin = await client.metadata<Introspection>(await client.token({ email: ADMIN }), INTROSPECTION);
    expect(admin.data?.currentUser.currentUserWorkspace.permissionFlags).toHaveLength(26);
    expect(admin.data?.currentUser.currentUserWorkspace.permissionFlags).toContain('WORKSPACE');
  });

  it('should give front-component tokens the claims that Twenty gives them', async () => {
    const claims = jwt.decode(await client.token({ email: REP }), { complete: true });
    expect(claims?.header.alg).toBe('ES256');
    expect(claims?.payload).toMatchObject({
      type: 'APPLICATION_ACCESS',
      sub: expect.any(String),
      applicationId: expect.any(String),
      workspaceId: sandbox.workspace.id,
      userId: expect.any(String),
      userWorkspaceId: expect.any(String),
    });
    const payload = jwt.decode(await client.token({ email: REP })) as {
      iat: number;
      exp: number;
      sub: string;
      applicationId: string;
    };
    expect(payload.exp - payload.iat).toBe(1800);
    expect(payload.sub).toBe(payload.applicationId);
  });

  it('should introspect a token of another workspace as that workspace', async () => {
    const token = await client.token({ email: REP, workspace: 'other' });
    const answer = await client.metadata<Introspection>(token, INTROSPECTION);
    expect(answer.data?.currentUser.email).toBe(REP);
    expect(answer.data?.currentWorkspace.id).not.toBe(sandbox.workspace.id);
    const records = await client.records<{ workspaceMembers: { totalCount: number } }>(
      token,
      '{workspaceMembers{totalCount}}',
    );
    expect(records.data?.workspaceMembers.totalCount).toBe(1);
  });

  it('should refuse tokens that have expired, by the sandbox clock too', async () => {
    const short = await client.token({ email: REP, expiresInSeconds: -5 });
    expect((await client.metadata(short, INTROSPECTION)).errors?.[0]).toMatchObject({
      message: 'Token has expired.',
      extensions: { code: 'UNAUTHENTICATED' },
    });
    const token = await client.token({ email: REP });
    await client.post('/sandbox/clock', { advanceSeconds: 1801 });
    expect((await client.metadata(token, INTROSPECTION)).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('should have no current user for an application or an API key', async () => {
    for (const token of [app, sandbox.credentials.apiKey]) {
      expect((await client.metadata(token, '{currentUser{id}}')).errors?.[0]).toMatchObject({
        message: 'Forbidden resource',
        extensions: { code: 'FORBIDDEN' },
      });
      expect((await client.metadata(token, '{currentWorkspace{id}}')).data).toEqual({
        currentWorkspace: { id: sandbox.workspace.id },
      });
    }
  });

  it('should refuse a user who was removed from the workspace', async () => {
    const token = await client.token({ email: REP });
    const admin = await client.token({ email: ADMIN, kind: 'user' });
    const member = sandbox.members.find(({ email }) => email === REP)?.id;
    await client.metadata(admin, 'mutation($m:String!){deleteUserFromWorkspace(workspaceMemberIdToDelete:$m){id}}', {
      m: member,
    });
    expect((await client.metadata(token, INTROSPECTION)).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('should give an app token with a user the rights of the user, never of the app', async () => {
    const guest = sandbox.workspace.userByEmail(REP);
    if (guest) guest.roleId = STANDARD_ROLES.guest.id;
    const token = await client.token({ email: REP });
    const create = 'mutation{createCompany(data:{name:"x"}){id}}';
    expect((await client.records(token, create)).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      subCode: 'PERMISSION_DENIED',
    });
    expect((await client.records(app, create)).errors).toBeUndefined();
  });

  it('should give the app what its role says and no more', async () => {
    const { data } = await client.records<{ createCompany: { id: string } }>(
      app,
      'mutation{createCompany(data:{name:"x"}){id}}',
    );
    const i = data?.createCompany.id;
    for (const mutation of ['deleteCompany', 'destroyCompany']) {
      const answer = await client.records(app, `mutation($i:UUID!){${mutation}(id:$i){id}}`, { i });
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', subCode: 'PERMISSION_DENIED' });
    }
    expect((await client.metadata(app, '{getRoles{id}}')).errors?.[0]?.extensions).toMatchObject({
      subCode: 'PERMISSION_DENIED',
    });
  });

  it('should assign roles that may be assigned, by an admin', async () => {
    const admin = await client.token({ email: ADMIN, kind: 'user' });
    const { data } = await client.metadata<{
      getRoles: { id: string; label: string; canBeAssignedToUsers: boolean }[];
    }>(admin, '{getRoles{id label canBeAssignedToUsers}}');
    const assign =
      'mutation($m:UUID!,$r:UUID!){updateWorkspaceMemberRole(workspaceMemberId:$m,roleId:$r){roles{label}}}';
    const m = sandbox.members.find(({ email }) => email === REP)?.id;
    const guest = data?.getRoles.find(({ label }) => label === 'Guest')?.id;
    expect((await client.metadata(admin, assign, { m, r: guest })).data).toEqual({
      updateWorkspaceMemberRole: { roles: [{ label: 'Guest' }] },
    });
    const engine = data?.getRoles.find(({ canBeAssignedToUsers }) => !canBeAssignedToUsers)?.id;
    expect((await client.metadata(admin, assign, { m, r: engine })).errors).toBeDefined();
  });

  it('should exchange client credentials for tokens, as JSON and as a form, until the secret is rotated', async () => {
    const { clientId, clientSecret } = sandbox.credentials;
    const form = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    expect(await form.json()).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 1800,
    });
    const admin = await client.token({ email: ADMIN, kind: 'user' });
    const { data } = await client.metadata<{
      findApplicationRegistrationByUniversalIdentifier: { id: string; oAuthClientId: string };
    }>(
      admin,
      'query($u:String!){findApplicationRegistrationByUniversalIdentifier(universalIdentifier:$u){id oAuthClientId}}',
      { u: IDENTIFIER },
    );
    const registration = data?.findApplicationRegistrationByUniversalIdentifier;
    expect(registration?.oAuthClientId).toBe(clientId);
    const rotate = 'mutation($i:String!){rotateApplicationRegistrationClientSecret(id:$i){clientSecret}}';
    expect((await client.metadata(app, rotate, { i: registration?.id })).errors).toBeDefined();
    await client.metadata(admin, rotate, { i: registration?.id });
    const old = await client.post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    expect(old).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await client.appToken()).toEqual(expect.any(String));
  });

  it('should sign people in by password', async () => {
    const signIn = `mutation($e:String!,$p:String!){getLoginTokenFromCredentials(email:$e,password:$p,origin:"x"){loginToken{token}}}`;
    expect((await client.metadata(undefined, signIn, { e: ADMIN, p: 'wrong' })).errors).toBeDefined();
    const login = await client.metadata<{ getLoginTokenFromCredentials: { loginToken: { token: string } } }>(
      undefined,
      signIn,
      { e: ADMIN, p: 'sandbox' },
    );
    const loginToken = login.data?.getLoginTokenFromCredentials.loginToken.token;
    expect((await client.metadata(loginToken, INTROSPECTION)).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const session = await client.metadata<{
      getAuthTokensFromLoginToken: { tokens: { accessOrWorkspaceAgnosticToken: { token: string } } };
    }>(
      undefined,
      'mutation($t:String!){getAuthTokensFromLoginToken(loginToken:$t,origin:"x"){tokens{accessOrWorkspaceAgnosticToken{token}}}}',
      { t: loginToken },
    );
    const token = session.data?.getAuthTokensFromLoginToken.tokens.accessOrWorkspaceAgnosticToken.token;
    expect((await client.metadata<Introspection>(token, INTROSPECTION)).data?.currentUser.email).toBe(ADMIN);
  });

  it('should store any value in a variable and tell nobody', async () => {
    const admin = await client.token({ email: ADMIN });
    const { data } = await client.metadata<{ findOneApplication: { id: string } }>(
      app,
      'query($u:UUID){findOneApplication(universalIdentifier:$u){id}}',
      { u: IDENTIFIER },
    );
    const set =
      'mutation($k:String!,$v:String!,$a:UUID!){updateOneApplicationVariable(key:$k,value:$v,applicationId:$a)}';
    const variables = { k: 'MEMBER_HOLDING_CAPACITY', v: 'abc', a: data?.findOneApplication.id };
    expect((await client.metadata(admin, set, variables)).data).toEqual({ updateOneApplicationVariable: true });
    const read = await client.metadata<{
      findOneApplication: { applicationVariables: { key: string; value: string }[] };
    }>(app, 'query($u:UUID){findOneApplication(universalIdentifier:$u){applicationVariables{key value}}}', {
      u: IDENTIFIER,
    });
    expect(read.data?.findOneApplication.applicationVariables).toContainEqual({
      key: 'MEMBER_HOLDING_CAPACITY',
      value: 'abc',
    });
    const member = await client.token({ email: REP });
    expect((await client.metadata(member, set, variables)).errors?.[0]?.extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    });
    expect(await client.get('/s/highseas/settings', member)).toMatchObject({
      status: 200,
      body: { MEMBER_HOLDING_CAPACITY: 'abc' },
    });
    expect(await client.get('/s/highseas/engine', member)).toEqual({ status: 200, body: { engineUrl: '' } });
    expect(await client.get('/s/highseas/engine')).toMatchObject({
      status: 500,
      body: { messages: ['Missing authentication token'] },
    });
  });

  it('should give every caller a distinct actor', async () => {
    const create = 'mutation{createNote(data:{title:"n"}){createdBy{source name workspaceMemberId}}}';
    const by = async (token: string) =>
      (await client.records<{ createNote: { createdBy: unknown } }>(token, create)).data?.createNote.createdBy;
    expect(await by(sandbox.credentials.apiKey)).toMatchObject({ source: 'API', workspaceMemberId: null });
    expect(await by(await client.token({ email: ADMIN, kind: 'user' }))).toMatchObject({
      source: 'MANUAL',
      name: 'Alice Morgan',
    });
    const { data } = await client.records<{ createCompany: { createdBy: unknown } }>(
      app,
      'mutation{createCompany(data:{name:"x"}){createdBy{source name workspaceMemberId}}}',
    );
    expect(data?.createCompany.createdBy).toEqual({ source: 'APPLICATION', name: 'Highseas', workspaceMemberId: null });
  });
});
