import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, whatever the working directory is. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Everything the launcher keeps between runs; never committed. */
export const stateDir = path.join(root, '.highseas');

/** @param {...string} parts path below the repository */
export const inRoot = (...parts) => path.join(root, ...parts);

/**
 * A folder below the state folder, created when missing.
 * @param {...string} parts
 */
export function ensureStateDir(...parts) {
  const dir = path.join(stateDir, ...parts);
  mkdirSync(dir, { recursive: true });
  return dir;
}
