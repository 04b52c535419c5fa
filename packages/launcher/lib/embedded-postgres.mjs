import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LaunchError } from './log.mjs';
import { ensureStateDir } from './paths.mjs';
import { canEnter, letThrough, postgresAccount, requireOwn } from './postgres-account.mjs';
import { endOrphan, USER } from './postgres-cluster.mjs';
import { isRunning } from './processes.mjs';

/**
 * @typedef {object} EmbeddedPostgres
 * @property {(database?: string) => string} url connection string of a database on this server
 * @property {() => Promise<void>} stop
 * @property {Promise<void>} exited resolves when the server is gone, whatever the reason
 */

/**
 * Starts a PostgreSQL of our own on a free loopback port. It stops with the process that started it, however that ends.
 * @param {{ dataDir?: string }} [options] without a folder the database is empty and deleted afterwards
 * @returns {Promise<EmbeddedPostgres>}
 * @throws {LaunchError} when it cannot start, saying why
 */
export async function startPostgres({ dataDir } = {}) {
  const base = ephemeralBase();
  await removeLeftovers(base);
  const keeper = fork(new URL('postgres-keeper.mjs', import.meta.url), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => keeper.on('exit', () => resolve()));
  /** @type {import('./postgres-keeper.mjs').KeeperAnswer} */
  const answer = await new Promise((resolve) => {
    keeper.once('message', (message) => resolve(/** @type {import('./postgres-keeper.mjs').KeeperAnswer} */ (message)));
    void exited.then(() => resolve({ failed: 'its process ended' }));
    keeper.send({
      dataDir: dataDir ?? path.join(base, `pg-${randomBytes(6).toString('hex')}`),
      ephemeral: dataDir === undefined,
    });
  });
  if ('failed' in answer) throw new LaunchError(`The embedded PostgreSQL could not start: ${answer.failed}`);
  // The caller decides how long it lives; the database alone must not keep it from ending.
  keeper.unref();
  keeper.channel?.unref();
  const { port, password } = answer.ready;
  return {
    url: (database = 'postgres') => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      keeper.ref();
      if (keeper.connected) keeper.send('stop');
      await exited;
    },
    exited,
  };
}

/**
 * Where a database that is kept lives: below the checkout, or where PostgreSQL's account can reach it when the checkout
 * is closed to it. HIGHSEAS_DATA_DIR overrides it.
 */
export function persistentDataDir() {
  const chosen = process.env.HIGHSEAS_DATA_DIR;
  if (chosen) return path.resolve(chosen, 'postgres');
  const beside = ensureStateDir();
  if (reaches(beside)) return path.join(beside, 'postgres');
  return path.join('/var/lib/highseas', createHash('sha256').update(beside).digest('hex').slice(0, 12), 'postgres');
}

function ephemeralBase() {
  const beside = ensureStateDir('tmp');
  if (reaches(beside)) return beside;
  const shared = path.join(os.tmpdir(), `highseas-${process.getuid?.()}`);
  mkdirSync(shared, { recursive: true, mode: 0o755 });
  requireOwn(shared);
  return shared;
}

/** @param {string} dir in the state folder */
function reaches(dir) {
  const account = postgresAccount();
  letThrough(account);
  return canEnter(account, dir);
}

/**
 * Removes temporary databases whose keeper was killed.
 * @param {string} base
 */
async function removeLeftovers(base) {
  for (const name of readdirSync(base).filter((entry) => entry.endsWith('.keeper'))) {
    const keeperFile = path.join(base, name);
    if (isRunning(Number(readFileSync(keeperFile, 'utf8')), 'postgres-keeper')) continue;
    const dataDir = keeperFile.slice(0, -'.keeper'.length);
    await endOrphan(dataDir);
    for (const trace of [dataDir, `${dataDir}.new`, `${dataDir}.password`, keeperFile])
      rmSync(trace, { recursive: true, force: true });
  }
}
