import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, whatever the working directory is. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Everything the launcher keeps between runs, credentials and databases among it; never committed. */
export const stateDir = path.join(root, '.highseas');

/** @param {...string} parts path below the repository */
export const inRoot = (...parts) => path.join(root, ...parts);

/** For others than its owner the state folder is closed, but for passing through (see `letThrough`). */
const OPEN_TO_OTHERS = 0o067;

/**
 * A folder below the state folder, created when missing.
 * @param {...string} parts
 */
export function ensureStateDir(...parts) {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  if (statSync(stateDir).mode & OPEN_TO_OTHERS) chmodSync(stateDir, 0o700);
  const dir = path.join(stateDir, ...parts);
  mkdirSync(dir, { recursive: true });
  return dir;
}
