import { In, type EntityManager } from 'typeorm';
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
  return byKey(
    await manager.find(CustomerEntity, {
      where: { recordId: In(recordIds(refs)) },
      order: { object: 'ASC', recordId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    }),
  );
}

export async function readCustomers(manager: EntityManager, refs: CustomerRef[]): Promise<Map<string, CustomerEntity>> {
  return byKey(await manager.find(CustomerEntity, { where: { recordId: In(recordIds(refs)) } }));
}

function recordIds(refs: CustomerRef[]): string[] {
  return [...new Set(refs.map(({ recordId }) => recordId))];
}

function byKey(customers: CustomerEntity[]): Map<string, CustomerEntity> {
  return new Map(customers.map((customer) => [customerKey(customer), customer]));
}
