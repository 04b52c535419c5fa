import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CustomerObject, type CustomerRef, customerKey } from '../domain/customer/customer';
import { isManagerOf } from '../domain/pool/pool-policy';
import type { ActingMember } from '../changes';
import { PoolsService } from '../pools/pools.service';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { AssignmentError, notAManager } from './assignment.errors';

/** Which customers a bulk command is about. `object` narrows the choice to companies or to people. */
export type Selection =
  | { customers: CustomerRef[] }
  | { allOwnedBy: string; object: CustomerObject | null }
  | { pooledIn: string; object: CustomerObject | null }
  | { filter: unknown; object: CustomerObject };

/** Turns a selection into customers, in an order that is the same every time. */
@Injectable()
export class SelectionReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly records: CustomerRecords,
  ) {}

  /**
   * Rights to each customer are looked at later; a pool's contents are told to its managers only.
   * @throws AssignmentError for a pool that is none or not the caller's, and for a filter that Twenty refuses
   * @throws TwentyError
   */
  async read(member: ActingMember, selection: Selection): Promise<CustomerRef[]> {
    if ('customers' in selection) return unique(selection.customers);
    if ('allOwnedBy' in selection) return this.owned(selection.allOwnedBy, selection.object);
    if ('pooledIn' in selection) return this.pooled(member, selection.pooledIn, selection.object);
    return this.filtered(selection.filter, selection.object);
  }

  private async owned(memberId: string, object: CustomerObject | null): Promise<CustomerRef[]> {
    return (await this.dataSource.query(
      `SELECT object, record_id AS "recordId" FROM customer
        WHERE owner_id = $1 AND status = 'OWNED' AND NOT is_deleted AND ($2::text IS NULL OR object = $2) ORDER BY object, record_id`,
      [memberId, object],
    )) as CustomerRef[];
  }

  private async pooled(member: ActingMember, poolId: string, object: CustomerObject | null): Promise<CustomerRef[]> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    if (!(await this.pools.all()).has(poolId))
      throw new AssignmentError('BAD_USER_INPUT', 'pooledIn is no pool. pooledIn 不是有效的公海池。');
    if (!isManagerOf(actor, poolId)) throw notAManager();
    return (await this.dataSource.query(
      `SELECT object, record_id AS "recordId" FROM customer
        WHERE pool_id = $1 AND status = 'POOLED' AND NOT is_deleted AND ($2::text IS NULL OR object = $2) ORDER BY object, record_id`,
      [poolId, object],
    )) as CustomerRef[];
  }

  private async filtered(filter: unknown, object: CustomerObject): Promise<CustomerRef[]> {
    try {
      const ids = await this.records.listIds(object, filter, { priority: 'interactive' });
      return ids.map((recordId) => ({ object, recordId }));
    } catch (error) {
      if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'PROTOCOL')) throw error;
      throw new AssignmentError(
        'BAD_USER_INPUT',
        `Twenty refuses the filter. Twenty 不接受该筛选条件：${error.message}`,
      );
    }
  }
}

function unique(refs: CustomerRef[]): CustomerRef[] {
  return [...new Map(refs.map((ref) => [customerKey(ref), ref])).values()];
}
