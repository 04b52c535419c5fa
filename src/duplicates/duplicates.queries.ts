import type { EntityManager } from 'typeorm';
import type { CustomerObject, CustomerRef } from '../domain/customer/customer';
import type { Comparable } from '../domain/duplicates/best-hit';

export interface AlikeRow extends Comparable {
  ownerId: string | null;
  poolId: string;
}

/** Every managed customer that has one of the keys; found by index, so the size of the table does not matter. */
export async function customersWithKeys(manager: EntityManager, keys: string[]): Promise<AlikeRow[]> {
  if (keys.length === 0) return [];
  return (await manager.query(
    // Key by key: for hundreds of them at once PostgreSQL would rather read the whole table than ask the index.
    `SELECT DISTINCT ON (c.object, c.record_id) c.object, c.record_id AS "recordId", c.status, c.match_keys AS "matchKeys", c.owner_id AS "ownerId", c.pool_id AS "poolId"
       FROM unnest($1::text[]) AS k(key) JOIN customer c ON c.match_keys @> ARRAY[k.key]
      WHERE c.status IS NOT NULL AND NOT c.is_deleted`,
    [keys],
  )) as AlikeRow[];
}

/** Customers that changed, or were never looked at, in a way that may make or end a duplicate. */
export async function staleCustomers(
  manager: EntityManager,
  limit: number,
): Promise<(CustomerRef & { matchKeys: string[] })[]> {
  return (await manager.query(
    'SELECT object, record_id AS "recordId", match_keys AS "matchKeys" FROM customer WHERE duplicates_stale ORDER BY object, record_id LIMIT $1',
    [limit],
  )) as (CustomerRef & { matchKeys: string[] })[];
}

/** Those that were found to be the same as one of the customers. */
export async function pointingAt(manager: EntityManager, recordIds: string[]): Promise<CustomerRef[]> {
  return (await manager.query('SELECT object, record_id AS "recordId" FROM customer WHERE duplicate_of_id = ANY($1)', [
    recordIds,
  ])) as CustomerRef[];
}

export interface FoundDuplicate extends CustomerRef {
  text: string | null;
  otherId: string | null;
  key: string | null;
}

/** Notes what was found for locked customers. */
export async function noteDuplicates(manager: EntityManager, found: FoundDuplicate[]): Promise<void> {
  if (found.length === 0) return;
  await manager.query(
    `UPDATE customer c SET duplicates_stale = false, duplicate_of = x.text,
            show_due = CASE WHEN c.duplicate_of IS DISTINCT FROM x.text AND c.status IS NOT NULL THEN clock_timestamp() ELSE c.show_due END, duplicate_of_id = x."otherId", duplicate_key = x.key
       FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, text text, "otherId" uuid, key text)
      WHERE c.object = x.object AND c.record_id = x."recordId"`,
    [JSON.stringify(found)],
  );
}

export interface GroupKey {
  object: CustomerObject;
  key: string;
}

/** What makes customers of the pool the same as others: in the order of the keys. */
export async function duplicateKeysOf(
  manager: EntityManager,
  poolId: string,
  take: number,
  after: GroupKey | null,
): Promise<GroupKey[]> {
  return (await manager.query(
    `SELECT DISTINCT object, duplicate_key AS key FROM customer
      WHERE pool_id = $1 AND duplicate_key IS NOT NULL AND status IS NOT NULL AND NOT is_deleted
        AND ($2::text IS NULL OR (object, duplicate_key) > ($2::text, $3::text))
      ORDER BY object, duplicate_key LIMIT $4`,
    [poolId, after?.object ?? null, after?.key ?? null, take],
  )) as GroupKey[];
}
