import { log, reportError } from './log.mjs';

const PARENT_POLL_MS = 1_000;

/**
 * @typedef {object} Life
 * @property {(name: string, stop: () => Promise<void>, kill?: () => void) => void} onEnd what to stop; the last first
 * @property {(code: number, why?: string) => Promise<never>} end stops everything and exits
 * @property {() => void} endWithStdin call when ready: from then on the end of a piped stdin means that who started us is gone
 */

/**
 * One place that decides when the launcher ends: Ctrl-C, a signal, a part that is gone, or a parent that died.
 * @returns {Life}
 */
export function startLife() {
  /** @type {{ name: string, stop: () => Promise<void>, kill?: () => void }[]} */
  const parts = [];
  let ending = false;

  /** @type {Life['end']} */
  const end = async (code, why) => {
    if (ending) return new Promise(() => {});
    ending = true;
    if (why) log(why);
    for (const { name, stop } of parts.reverse()) {
      await stop().catch((error) => {
        log(`stopping ${name} failed`);
        reportError(error);
      });
    }
    process.exit(code);
  };

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      if (ending && signal === 'SIGINT') {
        log('ended at once');
        for (const { kill } of parts) kill?.();
        process.exit(130);
      }
      void end(0, 'stopping … (Ctrl-C again ends it at once) / 正在停止……');
    });
  }
  process.on('disconnect', () => void end(0));
  if (process.env.npm_lifecycle_event) endWithParent(() => void end(0, 'npm is gone; stopping …'));
  // Readers of our output may leave; that is no reason to crash half way through stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(0));

  return {
    onEnd: (name, stop, kill) => void parts.push({ name, stop, kill }),
    end,
    endWithStdin: () => {
      if (process.stdin.isTTY || process.stdin.readableEnded) return;
      let open = false;
      // A stdin that was closed from the beginning (</dev/null) says nothing about who started us.
      setTimeout(() => (open = true), PARENT_POLL_MS).unref();
      process.stdin.on('end', () => open && void end(0, 'stdin was closed; stopping …'));
      process.stdin.on('error', () => {});
      process.stdin.resume();
      if ('unref' in process.stdin) process.stdin.unref();
    },
  };
}

/**
 * Under npm we are never meant to outlive it, but some shells between us and npm do not pass signals on.
 * @param {() => void} onGone
 */
function endWithParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS);
  timer.unref();
}
