import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { ended, freePort, isRunning } from './processes.mjs';

export const USER = 'highseas';
const LOCALE = { LC_ALL: 'C', LC_MESSAGES: 'C', LANG: 'C', TZ: 'UTC' };
const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const KEPT_LOG_CHARS = 8_000;

/**
 * @typedef {object} ClusterOptions
 * @property {string} dataDir
 * @property {import('./postgres-binaries.mjs').Binaries} binaries
 * @property {import('./postgres-account.mjs').Account} [account]
 * @property {boolean} durable false: data may be lost when the machine stops, in exchange for speed
 */

/**
 * @typedef {object} RunningCluster
 * @property {number} port
 * @property {string} password
 * @property {() => Promise<void>} stop
 * @property {Promise<void>} exited
 */

/**
 * Makes the database cluster when the folder has none yet. The result depends on no locale of the machine.
 * @param {ClusterOptions} options
 */
export function createCluster({ dataDir, binaries, account, durable }) {
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) return;
  // An initdb that was interrupted leaves half a cluster, so it is made beside its place and moved there.
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  if (account) chownSync(unfinished, account.uid, account.gid);
  const password = randomBytes(18).toString('base64url');
  const passwordFile = path.join(os.tmpdir(), `highseas-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    const args = [
      '--pgdata',
      unfinished,
      '--username',
      USER,
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      ...(durable ? [] : ['--no-sync']),
    ];
    const result = spawnSync(binaries.initdb, args, {
      ...account,
      cwd: path.parse(unfinished).root,
      env: { ...process.env, ...LOCALE },
      encoding: 'utf8',
    });
    if (result.status !== 0) {
      throw new Error(`initdb failed: ${result.error?.message ?? result.stderr.trim()}`);
    }
    writeFileSync(secretFile(dataDir), password, { mode: 0o600 });
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(unfinished, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** @param {string} dataDir */
const secretFile = (dataDir) => `${dataDir}.password`;

/**
 * Starts the server on a free port of the loopback interface and waits until it accepts connections.
 * @param {ClusterOptions} options
 * @returns {Promise<RunningCluster>}
 */
export async function startCluster(options) {
  await endOrphan(options.dataDir);
  const password = readFileSync(secretFile(options.dataDir), 'utf8');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, password, ...(await launch(options, port)) };
    } catch (error) {
      // Between finding a free port and using it somebody else may have taken it.
      const portTaken = error instanceof Error && /could not (bind|create any TCP)/.test(error.message);
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

/**
 * @param {ClusterOptions} options
 * @param {number} port
 * @returns {Promise<{ stop: () => Promise<void>, exited: Promise<void> }>}
 */
function launch({ dataDir, binaries, account, durable }, port) {
  const server = spawn(binaries.postgres, serverArgs(dataDir, port, durable), {
    ...account,
    cwd: path.parse(dataDir).root,
    env: { ...process.env, ...LOCALE },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => server.on('close', () => resolve()));
  const stop = async () => {
    server.kill('SIGINT'); // a "fast" shutdown: open sessions are ended, nothing committed is lost
    await Promise.race([exited, delay(STOP_TIMEOUT_MS)]);
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGQUIT');
    await exited;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      server.kill('SIGQUIT');
      reject(new Error(`PostgreSQL did not become ready in ${START_TIMEOUT_MS / 1000} s: ${output.trim()}`));
    }, START_TIMEOUT_MS);
    server.on('error', reject);
    void exited.then(() => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended while starting: ${output.trim()}`));
    });
    server.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-KEPT_LOG_CHARS);
      if (!output.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve({ stop, exited });
    });
  });
}

/**
 * @param {string} dataDir
 * @param {number} port
 * @param {boolean} durable
 */
function serverArgs(dataDir, port, durable) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    ...(!durable && { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return [
    '-D',
    dataDir,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * Ends a server that was left running on this folder, and forgets the lock file of one that is gone. PostgreSQL itself
 * would refuse to start when the id in its lock file belongs to any living process, which after a restart of a container is likely.
 * @param {string} dataDir
 */
export async function endOrphan(dataDir) {
  const lockFile = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  if (isRunning(pid, dataDir)) {
    process.kill(pid, 'SIGINT');
    if (!(await ended(pid, STOP_TIMEOUT_MS)))
      throw new Error(`A PostgreSQL (process ${pid}) still uses ${dataDir} and does not stop.`);
  }
  rmSync(lockFile, { force: true });
}

/** @param {number} ms */
const delay = (ms) => new Promise((resolve) => void setTimeout(resolve, ms).unref());
