import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { LaunchError } from './log.mjs';

/** @returns {boolean} whether somebody can be asked */
export const canAsk = () => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/**
 * Asks on stderr, as stdout is for results. What is typed for a secret is not shown.
 * @param {string} question
 * @param {{ preset?: string, secret?: boolean }} [options]
 */
export async function ask(question, { preset = '', secret = false } = {}) {
  let muted = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const answer = prompt.question(`${question}${preset ? ` [${preset}]` : ''}: `);
    muted = secret;
    return (await answer).trim() || preset;
  } finally {
    if (secret) process.stderr.write('\n');
    prompt.close();
  }
}

/**
 * A value that is given, or else asked for; without a terminal its absence ends the run.
 * @param {{ value: string | undefined, question: string, how: string, preset?: string, secret?: boolean }} wanted
 */
export async function given({ value, question, how, preset, secret }) {
  if (value) return value;
  if (canAsk()) {
    const answer = await ask(question, { preset, secret });
    if (answer) return answer;
  }
  throw new LaunchError(`Missing: ${question}. Give it with ${how}. / 缺少参数,请通过 ${how} 提供。`);
}
