// Asks the registry for advisories about what ships. A step of npm run check; where nobody can be asked it says so and passes.
import { spawnSync } from 'node:child_process';
import { judgeAudit } from './lib/advisories.mjs';
import { LaunchError, log, reportError } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { npm } from './lib/run-command.mjs';

const LIMIT_MS = 20_000;

try {
  const [command, args] = npm('audit', '--omit=dev', '--json', '--fetch-retries=0');
  const { stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', timeout: LIMIT_MS });
  const { grave, told } = judgeAudit(stdout ?? '');
  if (told) log(told);
  if (grave.length > 0) throw new LaunchError('What ships has grave advisories.', grave.join('\n'));
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
