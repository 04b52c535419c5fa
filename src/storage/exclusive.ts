import type { DataSource } from 'typeorm';

const askAgainMs = 100;
/** Reading a large source for the first time takes minutes. */
const longestWaitMs = 10 * 60_000;

/** Somebody else has been at it all the while; ask again. */
export class StillBusyError extends Error {
  readonly code = 'STILL_BUSY';
  readonly retryable = true;
  constructor(name: string) {
    super(`Somebody else is still at it: ${name}`);
  }
}

/**
 * Runs `work` unless another connection, of whichever engine instance, is running work of the same name. Dying frees the
 * name with the connection.
 * @returns what `work` returned, or null when somebody else was at it
 */
export async function whenAlone<T>(dataSource: DataSource, name: string, work: () => Promise<T>): Promise<T | null> {
  const runner = dataSource.createQueryRunner();
  try {
    const [row] = (await runner.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS had', [
      `highseas:${name}`,
    ])) as { had: boolean }[];
    if (!row?.had) return null;
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`highseas:${name}`]);
    }
  } finally {
    await runner.release();
  }
}

/** Runs `work` once whoever is running work of the same name has ended. @throws StillBusyError after ten minutes */
export async function onceAlone(dataSource: DataSource, name: string, work: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + longestWaitMs;
  const done = async () => {
    await work();
    return true;
  };
  while (!(await whenAlone(dataSource, name, done))) {
    if (Date.now() > giveUpAt) throw new StillBusyError(name);
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}
