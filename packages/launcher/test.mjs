// npm test [-- --long] [-- --soak] [jest arguments]: installs and builds what the tests need, then runs them all.
import { spawn } from 'node:child_process';
import { buildApp, buildEngine, buildSandbox } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { log, reportError } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { findRedisServer, startRedis } from './lib/redis-server.mjs';
import { tool } from './lib/run-command.mjs';

const WORKERS = 2;

const args = process.argv.slice(2);
const long = args.includes('--long');
const soak = args.includes('--soak');
const jestArgs = args.filter((arg) => arg !== '--long' && arg !== '--soak');

// Ctrl-C reaches jest as well; it stops what it started before it ends, and so this waits for it.
process.on('SIGINT', () => {});

try {
  await ensureInstalled();
  await Promise.all([buildEngine(), buildSandbox(), buildApp()]);
  const redis = await redisLane();
  try {
    process.exitCode = await jest(redis?.url);
  } finally {
    await redis?.stop();
  }
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>} */
async function redisLane() {
  const given = process.env.TEST_REDIS_URL || process.env.REDIS_URL;
  if (given) {
    log('Redis lane: runs on the Redis that REDIS_URL names');
    return { url: given, stop: async () => {} };
  }
  const binary = findRedisServer();
  if (!binary) {
    log(
      'Redis lane: skipped, no redis-server was found and REDIS_URL is not set; the queue is tested on PostgreSQL only',
    );
    return undefined;
  }
  log(`Redis lane: runs on ${binary}`);
  return startRedis(binary);
}

/**
 * @param {string | undefined} redisUrl
 * @returns {Promise<number>}
 */
function jest(redisUrl) {
  const { TEST_REDIS_URL: _, ...env } = process.env;
  const [node, command] = tool(
    'jest/bin/jest.js',
    ...(jestArgs.some((arg) => /^(--maxWorkers|-w|--runInBand|-i)/.test(arg)) ? [] : [`--maxWorkers=${WORKERS}`]),
    ...jestArgs,
  );
  return new Promise((resolve, reject) => {
    const child = spawn(node, command, {
      cwd: root,
      env: {
        ...env,
        ...(redisUrl && { TEST_REDIS_URL: redisUrl }),
        ...(long && { HIGHSEAS_TEST_LONG: '1' }),
        ...(soak && { HIGHSEAS_TEST_SOAK: '1' }),
      },
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
