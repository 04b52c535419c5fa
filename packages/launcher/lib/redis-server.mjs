import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ended, freePort } from './processes.mjs';

const READY_TIMEOUT_MS = 10_000;

/** @returns {string | undefined} where redis-server is installed */
export function findRedisServer() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => path.join(folder, 'redis-server')).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a Redis that keeps nothing, on a free loopback port.
 * @param {string} binary
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRedis(binary) {
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--daemonize',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ];
  const server = spawn(binary, args, { cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] });
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('redis-server did not become ready')), READY_TIMEOUT_MS);
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      if (!/ready to accept connections/i.test(chunk.toString())) return;
      clearTimeout(timer);
      resolve(undefined);
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      process.removeListener('exit', kill);
      server.kill('SIGTERM');
      await ended(server.pid ?? 0, 5_000);
    },
  };
}
