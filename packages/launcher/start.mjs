// npm start [-- --json]: runs everything. See README.md.
import { buildApp, buildEngine, buildSandbox } from './lib/build.mjs';
import { createDatabase } from './lib/create-database.mjs';
import { persistentDataDir, startPostgres } from './lib/embedded-postgres.mjs';
import { superviseEngine } from './lib/engine-supervisor.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { loadDotEnv, noteRunning, usesOwnTwenty } from './lib/environment.mjs';
import { startLife } from './lib/launcher-life.mjs';
import { log, reportError } from './lib/log.mjs';
import { freePort } from './lib/processes.mjs';
import { runSandbox, tellSandboxWhereTheEngineIs } from './lib/sandbox.mjs';
import { summaryText } from './lib/summary.mjs';

const SANDBOX_READY_MS = 180_000;

const json = process.argv.includes('--json');
const life = startLife();

try {
  loadDotEnv();
  const ownTwenty = usesOwnTwenty();
  await ensureInstalled();
  await buildEngine();
  const twenty = ownTwenty ? namedTwenty() : await sandboxTwenty();
  const databaseUrl = process.env.DATABASE_URL || (await embeddedDatabase({ kept: ownTwenty }));

  const port = Number(process.env.PORT) || (await freePort());
  const engineUrl = `http://${reachableHost()}:${port}`;
  const env = { PORT: String(port), DATABASE_URL: databaseUrl, ...twenty.env(engineUrl) };
  const forget = noteRunning(twenty.secretsMayBeKept ? env : { DATABASE_URL: databaseUrl });
  life.onEnd('the note of what runs', async () => forget());
  await twenty.expectEngine(engineUrl);

  const engine = superviseEngine({ url: engineUrl, env: { ...process.env, ...env } });
  life.onEnd('the engine', engine.stop, engine.kill);
  // A real workspace takes the time it takes to be read, and Twenty may be away meanwhile.
  await engine.ready(ownTwenty ? Infinity : SANDBOX_READY_MS);

  const ready = { engine: engineUrl, twenty: twenty.url, members: twenty.members };
  process.stdout.write(json ? `${JSON.stringify(ready)}\n` : summaryText(ready, { sandbox: !ownTwenty }));
  life.endWithStdin();
} catch (error) {
  reportError(error);
  await life.end(1);
}

/** Where we reach the engine ourselves: an address it was told to listen on, or the loopback interface. */
function reachableHost() {
  const host = process.env.HIGHSEAS_HOST;
  if (!host || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * @typedef {object} ChosenTwenty
 * @property {string} url
 * @property {import('./lib/sandbox.mjs').SandboxFacts['members']} members empty when it is not the sandbox
 * @property {boolean} secretsMayBeKept
 * @property {(engineUrl: string) => Record<string, string>} env what the engine needs to use it
 * @property {(engineUrl: string) => Promise<void>} expectEngine
 */

/** @returns {ChosenTwenty} */
function namedTwenty() {
  return {
    url: process.env.TWENTY_URL ?? '',
    members: [],
    secretsMayBeKept: false,
    env: () => ({}),
    expectEngine: async () => {},
  };
}

/** @returns {Promise<ChosenTwenty>} */
async function sandboxTwenty() {
  await Promise.all([buildSandbox(), buildApp()]);
  const sandbox = await runSandbox();
  life.onEnd('the sandbox', sandbox.stop, sandbox.kill);
  void sandbox.exited.then(() => life.end(1, 'the sandbox ended unexpectedly, and its data with it'));
  return {
    url: sandbox.url,
    members: sandbox.members,
    secretsMayBeKept: true,
    env: (engineUrl) => ({
      TWENTY_URL: sandbox.url,
      TWENTY_CLIENT_ID: sandbox.credentials.clientId,
      TWENTY_CLIENT_SECRET: sandbox.credentials.clientSecret,
      HIGHSEAS_SANDBOX: '1',
      HIGHSEAS_PUBLIC_URL: engineUrl,
      HIGHSEAS_HOST: process.env.HIGHSEAS_HOST || '127.0.0.1',
      // A person who tries it out reads the summary, not the log of a first reading.
      HIGHSEAS_LOG_LEVEL: process.env.HIGHSEAS_LOG_LEVEL || (json ? 'info' : 'warn'),
    }),
    expectEngine: (engineUrl) => tellSandboxWhereTheEngineIs(sandbox, engineUrl),
  };
}

/**
 * The sandbox begins anew at every start, so its database does too; the index of a real Twenty is kept.
 * @param {{ kept: boolean }} options
 */
async function embeddedDatabase({ kept }) {
  log('starting the embedded PostgreSQL …');
  const server = await startPostgres(kept ? { dataDir: persistentDataDir() } : {});
  life.onEnd('PostgreSQL', server.stop);
  void server.exited.then(() => life.end(1, 'the embedded PostgreSQL ended unexpectedly'));
  return createDatabase(server, 'highseas');
}
