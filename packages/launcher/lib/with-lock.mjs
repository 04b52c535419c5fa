import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from './log.mjs';
import { ensureStateDir } from './paths.mjs';
import { isAlive } from './processes.mjs';

const POLL_MS = 200;

/**
 * Runs `work` while no other process of this checkout does the same, so that `npm start` and `npm test` begun together
 * on a fresh clone do not install or build over each other.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = path.join(ensureStateDir(), `${name}.lock`);
  for (let waiting = false; !tryLock(file); waiting = true) {
    if (!waiting) log(`waiting for another process to finish: ${name}`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    // A holder that was killed leaves its file; an empty file is one that is being written.
    const holder = Number(readIfThere(file));
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
