import type { EntityManager } from 'typeorm';
import type { CustomerRef } from '../domain/customer/customer';
import { readCustomers } from './customer-locks';

/**
 * Two members who get the two halves of a duplicate at once get different customers. Where a pool refuses duplicates, a
 * lock on what makes them the same lets only one be decided at a time. To be had after the members' rows and before the
 * customers'.
 */
export async function lockMatchKeys(manager: EntityManager, refs: CustomerRef[]): Promise<void> {
  const customers = await readCustomers(manager, refs);
  const keys = [...customers.values()].flatMap(({ object, matchKeys }) => matchKeys.map((key) => `${object} ${key}`));
  await manager.query(
    `SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(k, 0) AS key FROM unnest($1::text[]) AS k ORDER BY key) AS sorted`,
    [keys],
  );
}
