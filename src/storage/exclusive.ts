import type { DataSource, QueryRunner } from 'typeorm';

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
 * The names that this process has, all of them in one session of PostgreSQL: work that waits for Twenty under a name must not
 * use up the pool. The session is there for as long as there is a name in it.
 */
class HeldNames {
  /** Also those that are being asked for. */
  private readonly names = new Set<string>();
  private session: QueryRunner | null = null;

  constructor(private readonly dataSource: DataSource) {}

  async take(name: string): Promise<boolean> {
    // A session may take a lock of its own again, so this process looks here first.
    if (this.names.has(name)) return false;
    this.names.add(name);
    let had = false;
    try {
      had = await this.ask('pg_try_advisory_lock', name);
    } finally {
      if (!had) await this.forget(name);
    }
    return had;
  }

  async free(name: string): Promise<void> {
    try {
      await this.ask('pg_advisory_unlock', name);
    } catch {
      // A session that ended has freed all that it had.
    } finally {
      await this.forget(name);
    }
  }

  private async ask(lockFunction: string, name: string): Promise<boolean> {
    if (this.session === null || this.session.isReleased) this.session = this.dataSource.createQueryRunner();
    const [row] = (await this.session.query(`SELECT ${lockFunction}(hashtextextended($1, 0)) AS yes`, [
      `highseas:${name}`,
    ])) as { yes: boolean }[];
    return row?.yes ?? false;
  }

  private async forget(name: string): Promise<void> {
    this.names.delete(name);
    if (this.names.size > 0) return;
    const session = this.session;
    this.session = null;
    await session?.release();
  }
}

const heldNames = new WeakMap<DataSource, HeldNames>();

/**
 * Runs `work` unless somebody, in whichever engine instance, is running work of the same name. Dying frees the name with the
 * connection.
 * @returns what `work` returned, or null when somebody else was at it
 */
export async function whenAlone<T>(dataSource: DataSource, name: string, work: () => Promise<T>): Promise<T | null> {
  const held = heldNames.get(dataSource) ?? new HeldNames(dataSource);
  heldNames.set(dataSource, held);
  if (!(await held.take(name))) return null;
  try {
    return await work();
  } finally {
    await held.free(name);
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
