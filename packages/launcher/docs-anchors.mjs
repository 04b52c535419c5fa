// Says which citations of the docs, links within the repository and tests named by a text lead nowhere. A step of npm run check.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deadReferences } from './lib/docs-references.mjs';
import { LaunchError, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';

const WRITTEN = /\.(md|m?[jt]sx?|cjs|graphql|css|html)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.twenty', '.highseas', '.git', 'coverage', 'generated']);
// It shows references that lead nowhere.
const EXAMPLES = 'packages/launcher/lib/docs-references.spec.ts';

try {
  const texts = new Map(filesBelow('').map((file) => [file, readFileSync(inRoot(file), 'utf8')]));
  const dead = deadReferences(texts, (file) => existsSync(inRoot(file)));
  if (dead.length > 0) throw new LaunchError(`${dead.length} references lead nowhere.`, dead.join('\n'));
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}

/**
 * @param {string} folder
 * @returns {string[]} what people write, by path from the root
 */
function filesBelow(folder) {
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const where = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(where);
    return WRITTEN.test(entry.name) && where !== EXAMPLES ? [where] : [];
  });
}
