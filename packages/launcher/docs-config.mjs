// Writes the configuration table of README.md from the engine's config class. With --check it only says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildEngine } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { LaunchError, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';

const BEGIN = '<!-- configuration table: written by packages/launcher/docs-config.mjs -->';
const END = '<!-- end of the configuration table -->';

try {
  await ensureInstalled();
  await buildEngine();
  const file = inRoot('README.md');
  const present = readFileSync(file, 'utf8');
  const current = withTable(present, table());
  if (current !== present && process.argv.includes('--check')) {
    throw new LaunchError(
      'The configuration table in README.md is not current: run `node packages/launcher/docs-config.mjs`.',
    );
  }
  if (current !== present) writeFileSync(file, current);
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}

function table() {
  const { describeConfig } = createRequire(import.meta.url)(inRoot('dist', 'config', 'engine-config.js'));
  /** @type {{ name: string, default: string | null, description: string, secret: boolean }[]} */
  const variables = describeConfig();
  return [
    '| variable | default | what it is |',
    '|---|---|---|',
    ...variables.map(
      (variable) =>
        `| \`${variable.name}\` | ${variable.default === null ? '' : `\`${variable.default}\``} | ${cell(variable.description)}${variable.secret ? ' *(secret)*' : ''} |`,
    ),
  ].join('\n');
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/**
 * @param {string} readme
 * @param {string} rows
 */
function withTable(readme, rows) {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new LaunchError('README.md has lost the markers of the configuration table.');
  return `${readme.slice(0, from + BEGIN.length)}\n${rows}\n${readme.slice(to)}`;
}
