import { createTestDatabase } from '../support/database';
import { EngineClient } from '../support/engine-client';
import { buildForEngines, startEngineProcess } from '../support/engine-process';
import { HighseasWorld } from '../support/highseas-world';

type Values = Record<string, unknown>;

export interface Person {
  email: string;
  memberId: string;
  /** Of a session in Twenty. */
  token: string;
}

/** A Twenty with the app installed and an engine on it, known by nothing but their addresses and three people's passwords. */
export interface GivenWorkspace {
  twentyUrl: string;
  engineUrl: string;
  /** May change workspace settings. */
  admin: Person;
  rep: Person;
  colleague: Person;
  close: () => Promise<void>;
}

const SANDBOX_PASSWORD = 'sandbox';

/**
 * The sandbox; or the Twenty of TWENTY_URL, TWENTY_CLIENT_ID and TWENTY_CLIENT_SECRET when TWENTY_TEST_LOGINS names an admin and two
 * members of it (`email:password` three times, separated by spaces). With HIGHSEAS_ENGINE_URL the engine that runs there is used, else one is
 * started on a database of its own.
 */
export async function giveWorkspace(): Promise<GivenWorkspace> {
  return process.env.TWENTY_TEST_LOGINS ? realWorkspace(process.env.TWENTY_TEST_LOGINS) : sandboxWorkspace();
}

async function sandboxWorkspace(): Promise<GivenWorkspace> {
  const world = await HighseasWorld.start();
  const enter = (mailbox: string) => signIn(world.sandbox.url, `${mailbox}@highseas.example`, SANDBOX_PASSWORD);
  try {
    const [admin, rep, colleague] = await Promise.all([enter('alice.morgan'), enter('tom.baker'), enter('emma.clark')]);
    return {
      twentyUrl: world.sandbox.url,
      engineUrl: world.engine.url,
      admin,
      rep,
      colleague,
      close: () => world.close(),
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function realWorkspace(logins: string): Promise<GivenWorkspace> {
  const twentyUrl = required('TWENTY_URL');
  const people = logins
    .trim()
    .split(/\s+/)
    .map((login) => [login.slice(0, login.indexOf(':')), login.slice(login.indexOf(':') + 1)]);
  if (people.length !== 3) throw new Error('TWENTY_TEST_LOGINS needs email:password of an admin and two members');
  const [admin, rep, colleague] = await Promise.all(
    people.map(([email = '', password = '']) => signIn(twentyUrl, email, password)),
  );
  if (!admin || !rep || !colleague) throw new Error('TWENTY_TEST_LOGINS could not sign in');
  const engine = process.env.HIGHSEAS_ENGINE_URL
    ? { url: process.env.HIGHSEAS_ENGINE_URL, close: async () => {} }
    : await ownEngine(twentyUrl);
  return { twentyUrl, engineUrl: engine.url, admin, rep, colleague, close: engine.close };
}

const FIRST_READING_MS = 900_000;

async function ownEngine(twentyUrl: string): Promise<{ url: string; close: () => Promise<void> }> {
  await buildForEngines();
  const database = await createTestDatabase();
  const engine = await startEngineProcess({
    DATABASE_URL: database.url,
    TWENTY_URL: twentyUrl,
    TWENTY_CLIENT_ID: required('TWENTY_CLIENT_ID'),
    TWENTY_CLIENT_SECRET: required('TWENTY_CLIENT_SECRET'),
    HIGHSEAS_SYNC_INTERVAL_SECONDS: '2',
  });
  await engine.ready(FIRST_READING_MS);
  return {
    url: engine.url,
    close: async () => {
      await engine.stop();
      await database.drop();
    },
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is needed beside TWENTY_TEST_LOGINS`);
  return value;
}

async function signIn(url: string, email: string, password: string): Promise<Person> {
  const login = await ask(
    `${url}/metadata`,
    null,
    'mutation($email: String!, $password: String!, $origin: String!) { getLoginTokenFromCredentials(email: $email, password: $password, origin: $origin) { loginToken { token } } }',
    {
      email,
      password,
      origin: url,
    },
  );
  const { loginToken } = login['getLoginTokenFromCredentials'] as { loginToken: { token: string } };
  const session = await ask(
    `${url}/metadata`,
    null,
    'mutation($loginToken: String!, $origin: String!) { getAuthTokensFromLoginToken(loginToken: $loginToken, origin: $origin) { tokens { accessOrWorkspaceAgnosticToken { token } } } }',
    {
      loginToken: loginToken.token,
      origin: url,
    },
  );
  const { token } = (
    session['getAuthTokensFromLoginToken'] as { tokens: { accessOrWorkspaceAgnosticToken: { token: string } } }
  ).tokens.accessOrWorkspaceAgnosticToken;
  const who = await ask(`${url}/metadata`, token, '{ currentUser { workspaceMember { id } } }');
  return { email, token, memberId: (who['currentUser'] as { workspaceMember: { id: string } }).workspaceMember.id };
}

async function ask(url: string, token: string | null, query: string, variables: Values = {}): Promise<Values> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Values; errors?: { message: string }[] };
  if (!data || errors?.[0])
    throw new Error(`${url}: ${errors?.map(({ message }) => message).join('; ') ?? response.status}`);
  return data;
}

/** Twenty's records as a person reads and writes them. */
export const records = (
  { twentyUrl }: GivenWorkspace,
  { token }: Person,
  query: string,
  variables: Values = {},
): Promise<Values> => ask(`${twentyUrl}/graphql`, token, query, variables);

export const engineOf = ({ engineUrl }: GivenWorkspace, { token }: Person, language = 'en'): EngineClient =>
  new EngineClient(engineUrl, token, language);
