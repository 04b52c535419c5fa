import type { DataSource, EntityManager } from 'typeorm';
import { QueryFailedError } from 'typeorm';

const deadlockDetected = '40P01';
const serializationFailure = '40001';
const lockNotAvailable = '55P03';
const attempts = 4;
/** Each of these has waited for as long as `lock_timeout` says. */
const lockAttempts = 2;

/** Something else has kept rows of the engine's database for too long. Nothing was done; the same call may succeed afterwards. */
export class DatabaseBusyError extends Error {
  readonly code = 'DATABASE_BUSY';
  readonly retryable = true;
  constructor(options?: ErrorOptions) {
    super('The engine is busy; please try again in a moment. 系统繁忙，请稍后再试。', options);
  }
}

/**
 * Runs `work` in one transaction and starts it again when PostgreSQL broke it off to end a deadlock, or because a lock was not
 * had in time. `work` must do nothing outside the database.
 * @throws DatabaseBusyError when the lock is not had the next time either
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  isolation?: 'REPEATABLE READ',
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (isolation ? dataSource.transaction(isolation, work) : dataSource.transaction(work));
    } catch (error) {
      const code = codeOf(error);
      if (code === lockNotAvailable && attempt >= lockAttempts) throw new DatabaseBusyError({ cause: error });
      if (attempt === attempts || !isBrokenOff(code)) throw error;
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
}

function isBrokenOff(code: string | undefined): boolean {
  return code === deadlockDetected || code === serializationFailure || code === lockNotAvailable;
}
