import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync } from 'node:fs';
import { log } from './log.mjs';
import { ensureStateDir } from './paths.mjs';

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * PostgreSQL refuses to run as root. As root this gives the account that it runs under instead: `postgres`, made when
 * missing, or `nobody` where accounts cannot be made. Undefined when we are not root.
 * @returns {Account | undefined}
 */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUp('postgres');
  if (existing) return existing;
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/bin/false', 'postgres'], {
    stdio: 'ignore',
  });
  const made = lookUp('postgres');
  if (made) {
    log('made the system account "postgres", because PostgreSQL does not run as root');
    return made;
  }
  const nobody = lookUp('nobody');
  if (nobody) return nobody;
  throw new Error(
    'PostgreSQL does not run as root and there is no other account: add one named "postgres", or set DATABASE_URL.',
  );
}

/**
 * @param {string} name
 * @returns {Account | undefined}
 */
function lookUp(name) {
  try {
    const id = (/** @type {string} */ flag) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/**
 * Lets PostgreSQL's account, and nobody else, through the state folder to its data. It still cannot look around there.
 * @param {Account | undefined} account
 */
export function letThrough(account) {
  if (!account) return;
  const dir = ensureStateDir();
  chownSync(dir, lstatSync(dir).uid, account.gid);
  chmodSync(dir, 0o710);
}

/**
 * Whether the account can reach and enter a folder. A checkout under /root is closed to every other account.
 * @param {Account | undefined} account
 * @param {string} dir
 */
export function canEnter(account, dir) {
  if (!account) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * A folder with a known name in the common temporary folder could have been put there by somebody else.
 * @param {string} dir
 */
export function requireOwn(dir) {
  const stat = lstatSync(dir);
  const ours = stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  if (!ours) throw new Error(`${dir} exists and is not ours: remove it.`);
}
