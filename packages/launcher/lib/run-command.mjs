import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from './log.mjs';
import { root } from './paths.mjs';

const KEPT_OUTPUT_CHARS = 20_000;

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 1 when a signal ended it
 * @property {string} output the end of stdout and stderr, interleaved
 */

/**
 * Runs a command to its end without letting it write on our stdout.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] show: pass the output on to stderr
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { cwd = root, env = process.env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      if (show) process.stderr.write(chunk);
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * @param {string} what told when it fails, for example "building the engine"
 * @param {Parameters<typeof runCommand>} command
 */
export async function mustRun(what, ...command) {
  const { code, output } = await runCommand(...command);
  if (code !== 0) throw new LaunchError(`${what} failed (exit ${code}).`, output);
  return output;
}

/**
 * npm as `[command, ...args]`, from the npm that started us when there is one.
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export function npm(...args) {
  const started = process.env.npm_execpath;
  if (started?.endsWith('.js') && existsSync(started)) return [process.execPath, [started, ...args]];
  const beside = path.join(path.dirname(process.execPath), 'npm');
  return [existsSync(beside) ? beside : 'npm', args];
}

/**
 * A development tool of this repository, run by the Node that runs us.
 * @param {string} entry its script, below node_modules
 * @param {...string} args
 * @returns {[string, string[]]}
 */
export const tool = (entry, ...args) => [process.execPath, [path.join(root, 'node_modules', entry), ...args]];
