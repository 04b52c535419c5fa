import type { EntityManager } from 'typeorm';
import { customerKey } from '../domain/customer/customer';
import type { ManagedCandidate } from '../domain/pool/managed-customer';
import type { Pool } from '../domain/pool/pool-policy';
import { ownedBefore } from '../pools';
import type { CustomerEntity } from '../storage/entities/customer.entity';

type Row = Pick<CustomerEntity, 'object' | 'recordId' | 'status' | 'poolId' | 'ownerId'>;

export type CandidateOf = (row: Row, ownerName?: string | null) => ManagedCandidate;

/**
 * What is judged of customers that are planned or moved.
 * @param memberId who moves them
 */
export async function candidatesOf(
  manager: EntityManager,
  memberId: string,
  pools: Map<string, Pool>,
  rows: Iterable<Row>,
): Promise<CandidateOf> {
  const before = await ownedBefore(manager, memberId, [...rows]);
  return (row, ownerName = null) => ({
    object: row.object,
    status: row.status,
    pool: pools.get(row.poolId ?? '') ?? null,
    ownerId: row.ownerId,
    ownerName,
    wasActors: before.has(customerKey(row)),
  });
}
