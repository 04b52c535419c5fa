// npm run check: everything about the code that can be told without running it. Every step runs; the summary comes last.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { npm, runCommand, tool } from './lib/run-command.mjs';

/** @typedef {{ name: string, command: [string, string[]] }} Step */

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
    { name: 'types: engine and tests', command: types('tsconfig.json') },
    { name: 'types: scripts', command: types('scripts/tsconfig.json') },
    ...packages().map((dir) => ({ name: `types: ${dir}`, command: types(`${dir}/tsconfig.json`) })),
    { name: 'lint (oxlint, type-aware)', command: tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
    { name: 'boundaries (dependency-cruiser)', command: tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'src', ...packages()) },
    { name: 'dead code (knip)', command: tool('knip/bin/knip.js', '--no-progress') },
    { name: 'generated: typed documents', command: [process.execPath, ['src/twenty/codegen.mjs', '--check']] },
    { name: 'generated: configuration table in README.md', command: [process.execPath, ['scripts/docs-config.mjs', '--check']] },
    ...packages().filter(hasCheckScript).map((dir) => ({ name: `generated: ${dir}`, command: npm('run', 'check', '-w', dir) })),
  ];
}

function packages() {
  return readdirSync(inRoot('packages')).map((name) => `packages/${name}`).filter((dir) => existsSync(inRoot(dir, 'tsconfig.json')));
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
  for (const { name, command } of all) {
    const began = performance.now();
    const { code, output } = await runCommand(...command);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
    if (code === 0) continue;
    failed.push(name);
    process.stdout.write(`${output.trimEnd()}\n\n`);
  }
  process.stdout.write(failed.length === 0 ? `\nAll ${all.length} checks passed.\n` : `\n${failed.length} of ${all.length} checks failed: ${failed.join('; ')}\n`);
  return failed.length === 0 ? 0 : 1;
}
