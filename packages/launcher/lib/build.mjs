import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError, log } from './log.mjs';
import { ensureStateDir, inRoot } from './paths.mjs';
import { mustRun, npm, tool } from './run-command.mjs';
import { withLock } from './with-lock.mjs';

const SKIPPED = new Set(['node_modules', 'dist', '.twenty', 'coverage']);
const SHARED_INPUTS = ['package-lock.json', 'tsconfig.json'];

/** The engine: src → dist. */
export const buildEngine = () =>
  build({
    name: 'engine',
    inputs: ['src', 'tsconfig.build.json'],
    output: inRoot('dist', 'main.js'),
    run: () => mustRun('Building the engine', ...tool('typescript/bin/tsc', '-p', 'tsconfig.build.json')),
  });

/** The sandbox and the browser workspace that it serves. */
export const buildSandbox = () => Promise.all([buildSandboxServer(), buildSandboxWorkspace()]);

/** packages/twenty-sandbox → its dist. */
const buildSandboxServer = () =>
  build({
    name: 'sandbox',
    inputs: ['packages/twenty-sandbox'],
    output: inRoot('packages', 'twenty-sandbox', 'dist', 'index.js'),
    run: () => mustRun('Building the sandbox', ...npm('run', 'build', '-w', 'packages/twenty-sandbox')),
  });

/** packages/sandbox-workspace → its dist. */
const buildSandboxWorkspace = () =>
  build({
    name: 'sandbox-workspace',
    inputs: ['packages/sandbox-workspace'],
    output: inRoot('packages', 'sandbox-workspace', 'dist', 'main.js'),
    run: () => mustRun('Building the browser workspace', ...npm('run', 'build', '-w', 'packages/sandbox-workspace')),
  });

/** The Twenty app: the package that is installed into Twenty, with its manifest. */
export const buildApp = () =>
  build({
    name: 'app',
    inputs: ['packages/twenty-app', 'plugin.json'],
    generated: ['packages/twenty-app/src/generated', 'packages/twenty-app/locales'],
    output: appManifestPath(),
    run: () => mustRun('Building the Twenty app', ...npm('run', 'app:build')),
  });

/** What the app's build says about itself; the sandbox installs the app from it. */
export const appManifestPath = () => inRoot('packages', 'twenty-app', '.twenty', 'output', 'manifest.json');

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} inputs files and folders below the repository
 * @property {readonly string[]} [generated] those among them that the build itself writes
 * @property {string} output is there after a build that went well
 * @property {() => Promise<unknown>} run
 */

/**
 * Builds a part unless its inputs are those of the last build that went well.
 * @param {Part} part
 */
function build({ name, inputs, generated = [], output, run }) {
  return withLock(`build-${name}`, async () => {
    const stamp = path.join(ensureStateDir('build'), name);
    const state = fingerprint([...SHARED_INPUTS, ...inputs], generated);
    if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
    log(`building: ${name} …`);
    rmSync(stamp, { force: true });
    await run();
    if (!existsSync(output))
      throw new LaunchError(`Building ${name} went well but left no ${path.relative(inRoot(), output)}.`);
    writeFileSync(stamp, state);
  });
}

/**
 * @param {readonly string[]} inputs
 * @param {readonly string[]} except
 */
function fingerprint(inputs, except) {
  const hash = createHash('sha256');
  const isInput = (/** @type {string} */ file) => !except.some((dir) => file.startsWith(inRoot(dir) + path.sep));
  for (const file of inputs
    .flatMap((input) => filesOf(inRoot(input)))
    .filter(isInput)
    .sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} where
 * @returns {string[]}
 */
function filesOf(where) {
  if (!existsSync(where)) return [];
  if (!statSync(where).isDirectory()) return [where];
  return readdirSync(where, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !name.endsWith('.tsbuildinfo'))
    .flatMap(({ name }) => filesOf(path.join(where, name)));
}
