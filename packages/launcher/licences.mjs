// Says which dependencies of what ships have a licence that was not agreed to. A step of npm run check.
import { readFileSync } from 'node:fs';
import { licenceProblems } from './lib/licences.mjs';
import { LaunchError, reportError } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';

try {
  const problems = licenceProblems(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages);
  if (problems.length > 0)
    throw new LaunchError(
      'Agree to these in packages/launcher/lib/licences.mjs, or do without them.',
      problems.join('\n'),
    );
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
