// npm run check: everything about the code that can be told without running it. Every step runs; the summary comes last.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { buildApp, buildEngine, buildSandbox } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { LaunchError, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { npm, runCommand, tool } from './lib/run-command.mjs';

/** @typedef {{ name: string, run: () => Promise<import('./lib/run-command.mjs').CommandResult>, says?: boolean }} Step says: also when all is well */

try {
  await ensureInstalled();
  process.exitCode = await runAll(steps());
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}

/** @returns {Step[]} */
function steps() {
  const types = (/** @type {string} */ project) => tool('typescript/bin/tsc', '--noEmit', '-p', project);
  return [
    // The parts write files that are not committed and that types refer to.
    { name: 'build: engine, sandbox, app', run: () => succeeds([buildEngine(), buildSandbox(), buildApp()]) },
    step('types: engine and tests', types('tsconfig.json')),
    ...packages().map((dir) => step(`types: ${dir}`, types(`${dir}/tsconfig.json`))),
    step('format (oxfmt)', tool('oxfmt/bin/oxfmt', '--check')),
    step('lint (oxlint, type-aware)', tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings')),
    step(
      'boundaries (dependency-cruiser)',
      tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src', ...packages()),
    ),
    step('dead code (knip)', tool('knip/bin/knip.js', '--no-progress')),
    step('citations, links and named tests of the docs', ownStep('docs-anchors.mjs')),
    step('licences of what ships', ownStep('licences.mjs')),
    { ...step('advisories about what ships', ownStep('advisories.mjs')), says: true },
    step('generated: typed documents', [process.execPath, ['src/twenty/codegen.mjs', '--check']]),
    step('generated: configuration table in README.md', ownStep('docs-config.mjs', '--check')),
    ...packages()
      .filter(hasCheckScript)
      .map((dir) => step(`generated: ${dir}`, npm('run', 'check', '-w', dir))),
  ];
}

/**
 * @param {string} name
 * @param {[string, string[]]} command
 * @returns {Step}
 */
function step(name, command) {
  return { name, run: () => runCommand(...command) };
}

/**
 * @param {string} script beside this one
 * @param {...string} args
 * @returns {[string, string[]]}
 */
function ownStep(script, ...args) {
  return [process.execPath, [inRoot('packages', 'launcher', script), ...args]];
}

/** @param {readonly Promise<unknown>[]} builds */
async function succeeds(builds) {
  const failures = (await Promise.allSettled(builds)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  const output = failures
    .map((error) => (error instanceof LaunchError ? `${error.details ?? ''}\n${error.message}` : String(error)))
    .join('\n');
  return { code: failures.length === 0 ? 0 : 1, output };
}

function packages() {
  return readdirSync(inRoot('packages'))
    .map((name) => `packages/${name}`)
    .filter((dir) => existsSync(inRoot(dir, 'tsconfig.json')));
}

/** @param {string} dir */
function hasCheckScript(dir) {
  return JSON.parse(readFileSync(inRoot(dir, 'package.json'), 'utf8')).scripts?.check !== undefined;
}

/**
 * @param {Step[]} all
 * @returns {Promise<number>}
 */
async function runAll(all) {
  /** @type {string[]} */
  const failed = [];
  for (const { name, run, says } of all) {
    const began = performance.now();
    const { code, output } = await run();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
    if (code !== 0) failed.push(name);
    if (code !== 0 || (says && output)) process.stdout.write(`${output.trimEnd()}\n\n`);
  }
  process.stdout.write(
    failed.length === 0
      ? `\nAll ${all.length} checks passed.\n`
      : `\n${failed.length} of ${all.length} checks failed: ${failed.join('; ')}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}
