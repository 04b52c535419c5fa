// npm run rebuild: empties the engine's database and reads everything from Twenty again.
import { spawn } from 'node:child_process';
import { buildEngine } from './lib/build.mjs';
import { createDatabase } from './lib/create-database.mjs';
import { persistentDataDir, startPostgres } from './lib/embedded-postgres.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { loadDotEnv, runningEnvironment, usesOwnTwenty } from './lib/environment.mjs';
import { LaunchError, log, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';

/** @type {import('./lib/embedded-postgres.mjs').EmbeddedPostgres | undefined} */
let server;
try {
  loadDotEnv();
  await ensureInstalled();
  await buildEngine();
  process.exitCode = await rebuild(await environment());
} catch (error) {
  reportError(error);
  process.exitCode = 1;
} finally {
  await server?.stop();
}

/** @returns {Promise<NodeJS.ProcessEnv>} */
async function environment() {
  const running = runningEnvironment();
  if (running) log('rebuilding the database of the engine that is running here');
  if (running) return { ...running, ...process.env, DATABASE_URL: process.env.DATABASE_URL || running.DATABASE_URL };
  if (!usesOwnTwenty()) {
    throw new LaunchError(
      'There is nothing to rebuild from: set TWENTY_URL and credentials, or run it while `npm start` is running. / 没有可供重建的来源:请设置 TWENTY_URL 和凭据,或在 `npm start` 运行时执行。',
    );
  }
  if (process.env.DATABASE_URL) return process.env;
  server = await startPostgres({ dataDir: persistentDataDir() });
  return { ...process.env, DATABASE_URL: await createDatabase(server, 'highseas') };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function rebuild(env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', inRoot('dist', 'rebuild.js')], {
      cwd: inRoot(),
      env,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
