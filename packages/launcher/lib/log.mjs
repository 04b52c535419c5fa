// stdout carries results only (`npm start -- --json` prints one line there), so everything else goes to stderr.

/** @param {string} message */
export const log = (message) => void process.stderr.write(`[highseas] ${message}\n`);

/** A problem that is told in one sentence, without a stack. */
export class LaunchError extends Error {
  /**
   * @param {string} message what is wrong and what to do about it
   * @param {string} [details] output of the command that failed
   */
  constructor(message, details) {
    super(message);
    this.name = 'LaunchError';
    this.details = details;
  }
}

/** @param {unknown} error */
export function reportError(error) {
  if (error instanceof LaunchError) {
    if (error.details) process.stderr.write(`${error.details.trimEnd()}\n`);
    log(error.message);
    return;
  }
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
