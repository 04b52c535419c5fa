import type { DataSource } from 'typeorm';

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
