// npm run app:install: puts the app into a Twenty and connects the engine to it. Guided at a terminal; with flags or the
// environment it asks nothing. stdout gets the lines for .env and nothing else.
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { loadDotEnv } from './lib/environment.mjs';
import { LaunchError, log, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { ask, canAsk, given } from './lib/prompt.mjs';
import { mustRun, npm } from './lib/run-command.mjs';
import { TwentyAdmin } from './lib/twenty-admin.mjs';

const HELP = `npm run app:install -- [options]        安装 Twenty 应用并连接引擎

  --url URL            Twenty, e.g. https://crm.example.com            (TWENTY_URL)
  --token TOKEN        API key or access token of an admin             (TWENTY_ADMIN_TOKEN)
  --email, --password  an admin's sign-in instead of a token           (TWENTY_ADMIN_EMAIL, TWENTY_ADMIN_PASSWORD)
  --engine-url URL     the engine as browsers reach it                 (HIGHSEAS_ENGINE_URL)
  --public-url URL     the engine as Twenty reaches it, for webhooks   (HIGHSEAS_PUBLIC_URL; the engine URL when unset)
  --package FILE       a package built before, instead of building one
  --sandbox            hand over the manifest alone: the sandbox takes no uploads
  --reinstall          with --sandbox: install even when this version is there; a Twenty takes no version twice
  --keep-secret        leave the client secret as it is (the default at no terminal, when TWENTY_CLIENT_SECRET is set)
  --new-secret         make a new one; the engine needs it then
  --write-env          write the credentials to .env instead of showing them
  --help
`;

const POOL_NAME = 'Company pool 公司公海';
const POLL_MS = 1_000;
const POLLS = 20;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    'engine-url': { type: 'string' },
    'public-url': { type: 'string' },
    package: { type: 'string' },
    sandbox: { type: 'boolean', default: false },
    reinstall: { type: 'boolean', default: false },
    'keep-secret': { type: 'boolean', default: false },
    'new-secret': { type: 'boolean', default: false },
    'write-env': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @typedef {{ universalIdentifier: string, version: string }} Plugin */

try {
  if (options.help) process.stderr.write(HELP);
  else await main();
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}

async function main() {
  loadDotEnv();
  const { env } = process;
  /** @type {Plugin} */
  const plugin = JSON.parse(readFileSync(inRoot('plugin.json'), 'utf8'));

  const url = httpUrl(
    await given({
      value: options.url ?? env.TWENTY_URL,
      question: 'Address of Twenty / Twenty 地址',
      how: '--url / TWENTY_URL',
    }),
  );
  const admin = await signIn(url);
  const engineUrl = httpUrl(
    await given({
      value: options['engine-url'] ?? env.HIGHSEAS_ENGINE_URL,
      question: 'Address of the engine as browsers reach it / 浏览器访问引擎的地址',
      how: '--engine-url / HIGHSEAS_ENGINE_URL',
      preset: 'http://localhost:4100',
    }),
  );
  warnAboutMixedContent(url, engineUrl);

  const before = await admin.installedApp(plugin.universalIdentifier);
  if (before?.version === plugin.version && !(options.sandbox && options.reinstall))
    log(`version ${plugin.version} is installed already`);
  else await install(admin, plugin);

  const app = await waitFor('the app to appear in Twenty', () => admin.installedApp(plugin.universalIdentifier));
  await admin.setVariable(app.id, 'HIGHSEAS_ENGINE_URL', engineUrl);
  log(`Twenty's members will reach the engine at ${engineUrl}`);
  await ensureDefaultPool(admin);
  await connectEngine(admin, plugin, url, engineUrl);
}

/** @param {string} url */
async function signIn(url) {
  const { env } = process;
  const token = options.token ?? env.TWENTY_ADMIN_TOKEN;
  const email = options.email ?? env.TWENTY_ADMIN_EMAIL;
  if (token) return new TwentyAdmin(url, token);
  if (email) {
    const password = await given({
      value: options.password ?? env.TWENTY_ADMIN_PASSWORD,
      question: 'Password / 密码',
      how: '--password / TWENTY_ADMIN_PASSWORD',
      secret: true,
    });
    return TwentyAdmin.signIn(url, { email, password });
  }
  const typed = await given({
    value: undefined,
    question: 'API key of an admin (Settings → APIs & Webhooks) / 管理员 API 密钥(设置 → API 与 Webhook)',
    how: '--token / TWENTY_ADMIN_TOKEN',
    secret: true,
  });
  return new TwentyAdmin(url, typed);
}

/**
 * @param {TwentyAdmin} admin
 * @param {Plugin} plugin
 */
async function install(admin, plugin) {
  if (options.sandbox) {
    await buildPackage();
    log('installing from the manifest …');
    await admin.syncManifest(
      JSON.parse(readFileSync(inRoot('packages', 'twenty-app', '.twenty', 'output', 'manifest.json'), 'utf8')),
    );
    return;
  }
  const tarball = options.package ?? (await buildPackage());
  log(`uploading ${tarball} …`);
  await upload(admin, tarball, plugin.version);
  log('installing …');
  await admin.install(plugin.universalIdentifier);
}

/**
 * Twenty keeps what was uploaded, also when the app is uninstalled, and takes no version twice.
 * @param {TwentyAdmin} admin
 * @param {string} tarball
 * @param {string} version
 */
async function upload(admin, tarball, version) {
  try {
    await admin.upload(readFileSync(tarball));
  } catch (error) {
    const [, deployed] =
      /higher than the currently deployed version (\S+?)\.(?:\s|$)/.exec(error instanceof Error ? error.message : '') ??
      [];
    if (deployed !== version) throw error;
    log(
      `Twenty has the package of version ${version} already, and takes another one only with a higher version: going on with the one it has`,
    );
  }
}

async function buildPackage() {
  await ensureInstalled();
  await mustRun('Building the Twenty app', ...npm('run', 'build', '-w', 'packages/twenty-app', '--', '--tarball'));
  const folder = inRoot('packages', 'twenty-app', '.twenty', 'output');
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!file) throw new LaunchError('The build made no package.');
  return `${folder}/${file}`;
}

/**
 * The app makes the default pool itself after installation; where its function cannot run, it is made here.
 * @param {TwentyAdmin} admin
 */
async function ensureDefaultPool(admin) {
  const made = await waitFor(
    'the default pool',
    async () => ((await admin.hasDefaultPool()) ? true : undefined),
    5,
  ).catch(() => false);
  if (made) return;
  await admin.createDefaultPool(POOL_NAME);
  log(`made the default pool "${POOL_NAME}"`);
}

/**
 * Gives the engine its credentials. It makes and keeps its webhook itself, as it alone knows the secret that signs it.
 * @param {TwentyAdmin} admin
 * @param {Plugin} plugin
 * @param {string} url
 * @param {string} engineUrl
 */
async function connectEngine(admin, plugin, url, engineUrl) {
  const publicUrl = httpUrl(options['public-url'] ?? (process.env.HIGHSEAS_PUBLIC_URL || engineUrl));
  const { port } = new URL(engineUrl);
  // An address with a port means the engine's own; without one `npm start` would take a free port.
  const lines = { TWENTY_URL: url, HIGHSEAS_PUBLIC_URL: publicUrl, ...(port !== '' && { PORT: port }) };
  if (await keepsSecret()) {
    finish(lines, 'The client secret is as it was. / 客户端密钥保持不变。');
    return;
  }
  const { clientId, clientSecret } = await admin.newCredentials(plugin.universalIdentifier);
  finish(
    { ...lines, TWENTY_CLIENT_ID: clientId, TWENTY_CLIENT_SECRET: clientSecret },
    'The secret is shown this once; a former one no longer works. / 密钥仅显示这一次,旧密钥已失效。',
  );
}

async function keepsSecret() {
  if (options['keep-secret']) return true;
  if (options['new-secret'] || !process.env.TWENTY_CLIENT_SECRET) return false;
  if (!canAsk()) return true;
  const answer = await ask(
    'A client secret is set already. Make a new one? A running engine needs it then. / 已有客户端密钥,是否生成新的? (y/N)',
  );
  return !/^y/i.test(answer);
}

/**
 * @param {Record<string, string>} lines
 * @param {string} remark
 */
function finish(lines, remark) {
  if (options['write-env']) {
    writeEnv(lines);
    log(
      'Done: .env has what the engine needs. Start it with npm start. / 完成:引擎所需内容已写入 .env,运行 npm start 启动。',
    );
    return;
  }
  log(`Done. ${remark}`);
  log(
    'Put these lines into .env beside package.json, then run npm start: / 将以下内容写入 package.json 旁的 .env,然后运行 npm start:',
  );
  process.stdout.write(`${asEnv(lines).join('\n')}\n`);
}

/** @param {Record<string, string>} lines */
function asEnv(lines) {
  return Object.entries(lines).map(([name, value]) => `${name}=${value}`);
}

/** @param {Record<string, string>} lines */
function writeEnv(lines) {
  const file = inRoot('.env');
  const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const kept = before.filter((line) => line !== '' && !Object.keys(lines).some((name) => line.startsWith(`${name}=`)));
  writeFileSync(file, `${[...kept, ...asEnv(lines)].join('\n')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** @param {string} text */
function httpUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new LaunchError(`"${text}" is no http(s) address. / 不是有效的 http(s) 地址。`);
  return text.replace(/\/+$/, '');
}

/**
 * @param {string} twenty
 * @param {string} engine
 */
function warnAboutMixedContent(twenty, engine) {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(engine).hostname);
  if (twenty.startsWith('https:') && engine.startsWith('http:') && !isLocal) {
    log(
      'Browsers will not let a Twenty on https call an engine on http: give the engine an https address. / 浏览器不允许 https 的 Twenty 访问 http 引擎,请为引擎配置 https。',
    );
  }
}

/**
 * @template Found
 * @param {string} what
 * @param {() => Promise<Found | undefined>} look
 * @param {number} [tries]
 * @returns {Promise<Found>}
 */
async function waitFor(what, look, tries = POLLS) {
  for (let attempt = 1; ; attempt += 1) {
    const found = await look();
    if (found) return found;
    if (attempt >= tries) throw new LaunchError(`Waited in vain for ${what}.`);
    await sleep(POLL_MS);
  }
}
