import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError, log } from './log.mjs';
import { inRoot } from './paths.mjs';
import { killNow, startServer, stopServer } from './server-process.mjs';

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;
const LIVED_WELL_MS = 10_000;
const FAILURES_BEFORE_GIVING_UP = 3;
const READY_POLL_MS = 150;
const STILL_WAITING_EVERY_MS = 30_000;

/**
 * @typedef {object} SupervisedEngine
 * @property {(withinMs: number) => Promise<void>} ready resolves when it answers as ready
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * Runs the engine and starts it again on the same port when it ends without being asked to. An engine that has never
 * been ready and ends three times is not going to be: then `ready()` rejects.
 * @param {{ url: string, env: NodeJS.ProcessEnv }} options env holds the PORT that url names
 * @returns {SupervisedEngine}
 */
export function superviseEngine({ url, env }) {
  let stopping = false;
  let wasReady = false;
  let failures = 0;
  /** @type {import('node:child_process').ChildProcess} */
  let child;

  const start = () => {
    const startedAt = Date.now();
    child = startServer(inRoot('dist', 'main.js'), env);
    child.on('error', (error) => log(`the engine cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (stopping) return;
      failures = Date.now() - startedAt < LIVED_WELL_MS ? failures + 1 : 1;
      if (!wasReady && failures >= FAILURES_BEFORE_GIVING_UP) return;
      const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
      log(`the engine ended unexpectedly (${signal ?? `exit ${code}`}); starting it again in ${delay} ms`);
      setTimeout(() => stopping || start(), delay);
    });
  };
  start();

  return {
    ready: async (withinMs) => {
      const since = Date.now();
      for (let told = 0; Date.now() - since < withinMs; await sleep(READY_POLL_MS)) {
        if (await answersReady(url)) {
          wasReady = true;
          return;
        }
        if (failures >= FAILURES_BEFORE_GIVING_UP)
          throw new LaunchError('The engine does not start; its messages are above.');
        const notices = Math.floor((Date.now() - since) / STILL_WAITING_EVERY_MS);
        if (notices > told) log('still waiting for the engine: it reads the workspace from Twenty first …');
        told = notices;
      }
      throw new LaunchError(`The engine was not ready after ${withinMs / 1000} s; its messages are above.`);
    },
    stop: async () => {
      stopping = true;
      await stopServer(child);
    },
    kill: () => {
      stopping = true;
      killNow(child);
    },
  };
}

/** @param {string} url */
async function answersReady(url) {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
