// Runs one PostgreSQL for the process that forked this one and stops it when that process says so, ends or is killed.
// It lives in a process group of its own: Ctrl-C in the terminal reaches the launcher only, which stops the engine
// before its database.
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canEnter, letThrough, postgresAccount } from './postgres-account.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { createCluster, startCluster } from './postgres-cluster.mjs';
import { isRunning } from './processes.mjs';

/** @typedef {{ dataDir: string, ephemeral: boolean }} KeeperOrder */
/** @typedef {{ ready: { port: number, password: string } } | { failed: string }} KeeperAnswer */

/** @type {Promise<void> | undefined} */
let stopping;
/** @type {(() => Promise<void>) | undefined} */
let stopServer;
/** @type {Promise<unknown>} */
let starting = Promise.resolve();

process.on('message', (/** @type {KeeperOrder | 'stop'} */ order) => {
  if (order === 'stop') void stop();
  else starting = run(order).catch(fail);
});
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());

/** @param {KeeperOrder} order */
async function run({ dataDir, ephemeral }) {
  const account = postgresAccount();
  letThrough(account);
  mkdirSync(path.dirname(dataDir), { recursive: true });
  if (!canEnter(account, path.dirname(dataDir))) {
    throw new Error(
      `The account that PostgreSQL runs under cannot enter ${path.dirname(dataDir)}. Set HIGHSEAS_DATA_DIR to a folder that it can, or DATABASE_URL.`,
    );
  }
  takeFolder(dataDir);
  if (ephemeral) rmSync(dataDir, { recursive: true, force: true });
  const options = { dataDir, binaries: postgresBinaries(account), account, durable: !ephemeral };
  createCluster(options);
  if (account) chownSync(dataDir, account.uid, account.gid);
  const cluster = await startCluster(options);
  stopServer = async () => {
    await cluster.stop();
    if (ephemeral)
      for (const trace of [dataDir, `${dataDir}.password`]) rmSync(trace, { recursive: true, force: true });
    rmSync(keeperFile(dataDir), { force: true });
  };
  void cluster.exited.then(() => stopping ?? process.exit(1));
  answer({ ready: { port: cluster.port, password: cluster.password } });
}

/** @param {string} dataDir */
const keeperFile = (dataDir) => `${dataDir}.keeper`;

/** @param {string} dataDir */
function takeFolder(dataDir) {
  const file = keeperFile(dataDir);
  const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (other !== process.pid && isRunning(other, 'postgres-keeper')) {
    throw new Error(
      `The database in ${dataDir} is in use by another running Highseas. Stop it first, or set DATABASE_URL.`,
    );
  }
  writeFileSync(file, String(process.pid));
}

function stop() {
  stopping ??= (async () => {
    await starting;
    await stopServer?.();
    process.exit(0);
  })();
  return stopping;
}

/** @param {unknown} error */
function fail(error) {
  answer({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

/** @param {KeeperAnswer} message */
function answer(message) {
  if (process.connected) process.send?.(message);
}
