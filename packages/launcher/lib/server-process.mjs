import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';

const STOP_TIMEOUT_MS = 15_000;
const EXIT_WITH_PARENT = fileURLToPath(new URL('exit-with-parent.cjs', import.meta.url));

/**
 * Starts a Node server. It gets a process group of its own, so that Ctrl-C reaches only the launcher, which stops things
 * in order; it ends when the launcher does; and its output goes to stderr.
 * @param {string} script
 * @param {NodeJS.ProcessEnv} env
 */
export function startServer(script, env) {
  return spawn(process.execPath, ['--enable-source-maps', '--require', EXIT_WITH_PARENT, script], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
}

/**
 * Asks a server to stop and, when it does not within 15 s, ends it.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export function stopServer(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
    const timer = setTimeout(() => killNow(child), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** @param {import('node:child_process').ChildProcess} child */
export function killNow(child) {
  child.kill('SIGKILL');
}
