import type { EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { CustomerEntity } from '../storage/entities/customer.entity';

/** As much of a customer as a plan over many thousands needs. */
export type PlannedRow = Pick<
  CustomerEntity,
  'object' | 'recordId' | 'status' | 'poolId' | 'ownerId' | 'quietUntil' | 'isWon' | 'companyId' | 'isDeleted'
>;

const columns = `object, record_id AS "recordId", status, pool_id AS "poolId", owner_id AS "ownerId", quiet_until::text AS "quietUntil",
  is_won AS "isWon", company_id AS "companyId", is_deleted AS "isDeleted"`;

/** Those that the index has, by `customerKey`. */
export async function rowsOf(manager: EntityManager, refs: CustomerRef[]): Promise<Map<string, PlannedRow>> {
  const rows = (await manager.query(`SELECT ${columns} FROM customer WHERE record_id = ANY($1)`, [
    refs.map(({ recordId }) => recordId),
  ])) as PlannedRow[];
  return new Map(rows.map((row) => [customerKey(row), row]));
}

/** Everything that a member has, in one order. */
export async function ownedBy(manager: EntityManager, memberId: string): Promise<PlannedRow[]> {
  return (await manager.query(
    `SELECT ${columns} FROM customer WHERE owner_id = $1 AND status = 'OWNED' AND NOT is_deleted ORDER BY object, record_id`,
    [memberId],
  )) as PlannedRow[];
}

/** The people of these companies who have the same owner, in one order. */
export async function followingPeople(manager: EntityManager, rows: PlannedRow[]): Promise<PlannedRow[]> {
  const owners = new Map(
    rows.flatMap(({ object, recordId, ownerId }) =>
      object === 'COMPANY' && ownerId !== null ? [[recordId, ownerId]] : [],
    ),
  );
  if (owners.size === 0) return [];
  const people = (await manager.query(
    `SELECT ${columns} FROM customer WHERE object = 'PERSON' AND status = 'OWNED' AND NOT is_deleted AND company_id = ANY($1) ORDER BY record_id`,
    [[...owners.keys()]],
  )) as PlannedRow[];
  return people.filter(({ companyId, ownerId }) => owners.get(companyId ?? '') === ownerId);
}
