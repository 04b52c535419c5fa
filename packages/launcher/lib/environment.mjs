import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from './log.mjs';
import { ensureStateDir, inRoot, stateDir } from './paths.mjs';
import { isRunning } from './processes.mjs';

const RUNNING_FILE = path.join(stateDir, 'running.json');

/** Reads `.env` beside package.json, when there is one. What is already in the environment wins. */
export function loadDotEnv() {
  const file = inRoot('.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** @returns {boolean} whether a Twenty is named; throws when its credentials are not */
export function usesOwnTwenty() {
  const { TWENTY_URL, TWENTY_CLIENT_ID, TWENTY_CLIENT_SECRET, TWENTY_API_KEY } = process.env;
  if (!TWENTY_URL) return false;
  if ((TWENTY_CLIENT_ID && TWENTY_CLIENT_SECRET) || TWENTY_API_KEY) return true;
  throw new LaunchError(
    'TWENTY_URL is set but there are no credentials: set TWENTY_CLIENT_ID and TWENTY_CLIENT_SECRET (npm run app:install gives them), or TWENTY_API_KEY. / ' +
      '已设置 TWENTY_URL,但缺少凭据:请设置 TWENTY_CLIENT_ID 和 TWENTY_CLIENT_SECRET(由 npm run app:install 给出),或 TWENTY_API_KEY。',
  );
}

/**
 * Notes what a running launcher gave to its engine, for `npm run rebuild`. Credentials of a real Twenty are not written down.
 * @param {Record<string, string>} env
 * @returns {() => void} forgets it
 */
export function noteRunning(env) {
  ensureStateDir();
  rmSync(RUNNING_FILE, { force: true });
  writeFileSync(RUNNING_FILE, JSON.stringify({ pid: process.pid, env }), { mode: 0o600 });
  return () => {
    if (runningNote()?.pid === process.pid) rmSync(RUNNING_FILE, { force: true });
  };
}

/** @returns {Record<string, string> | undefined} what the launcher that runs now gave to its engine */
export function runningEnvironment() {
  const note = runningNote();
  return note && isRunning(note.pid, 'start.mjs') ? note.env : undefined;
}

/** @returns {{ pid: number, env: Record<string, string> } | undefined} */
function runningNote() {
  try {
    return JSON.parse(readFileSync(RUNNING_FILE, 'utf8'));
  } catch {
    return undefined;
  }
}
