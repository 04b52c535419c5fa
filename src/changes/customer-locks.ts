import { In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { MemberEntity } from '../storage/entities/member.entity';

/**
 * Locks in one order everywhere, so that no two transactions wait for each other: first members by id, then customers by
 * object and id.
 */
export async function lockMembers(manager: EntityManager, ids: string[]): Promise<void> {
  await manager.find(MemberEntity, {
    where: { id: In([...new Set(ids)]) },
    select: { id: true },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}

/** @returns the rows that exist, by `customerKey` */
export async function lockCustomers(manager: EntityManager, refs: CustomerRef[]): Promise<Map<string, CustomerEntity>> {
  const query = rowsOf(manager, refs).orderBy('c.object', 'ASC').addOrderBy('c.record_id', 'ASC');
  return byKey(await query.setLock('pessimistic_write').getMany());
}

export async function readCustomers(manager: EntityManager, refs: CustomerRef[]): Promise<Map<string, CustomerEntity>> {
  return byKey(await rowsOf(manager, refs).getMany());
}

/** One parameter however many there are: PostgreSQL takes 65,535 a statement, and a company may have more people. */
function rowsOf(manager: EntityManager, refs: CustomerRef[]): SelectQueryBuilder<CustomerEntity> {
  return manager.createQueryBuilder(CustomerEntity, 'c').where('c.record_id = ANY(:ids)', { ids: recordIds(refs) });
}

function recordIds(refs: CustomerRef[]): string[] {
  return [...new Set(refs.map(({ recordId }) => recordId))];
}

function byKey(customers: CustomerEntity[]): Map<string, CustomerEntity> {
  return new Map(customers.map((customer) => [customerKey(customer), customer]));
}
