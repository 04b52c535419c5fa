import type { DataSource, EntityManager } from 'typeorm';
import { QueryFailedError } from 'typeorm';

const deadlockDetected = '40P01';
const serializationFailure = '40001';
const attempts = 4;

/**
 * Runs `work` in one transaction and starts it again when PostgreSQL broke it off to end a deadlock.
 * `work` must do nothing outside the database.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt === attempts || !isBrokenOff(error)) throw error;
    }
  }
}

function isBrokenOff(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code === deadlockDetected || code === serializationFailure;
}
