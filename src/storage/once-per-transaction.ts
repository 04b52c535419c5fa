import type { EntityManager } from 'typeorm';

const kept = new WeakMap<EntityManager, Map<string, Promise<unknown>>>();

/**
 * Reads what several steps of a transaction ask for (pools, settings, who has left) once. It is no decision's lock: whoever
 * changes such things does not ask by this. Outside a transaction nothing is kept.
 */
export function oncePerTransaction<T>(manager: EntityManager, what: string, read: () => Promise<T>): Promise<T> {
  if (!manager.queryRunner?.isTransactionActive) return read();
  const readings = kept.get(manager) ?? new Map<string, Promise<unknown>>();
  kept.set(manager, readings);
  const known = readings.get(what) as Promise<T> | undefined;
  if (known) return known;
  const reading = read();
  readings.set(what, reading);
  return reading;
}
