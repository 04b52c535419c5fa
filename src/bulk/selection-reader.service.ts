import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { maySee } from '../domain/customer/acting-member';
import { type CustomerObject, customerObjects, type CustomerRef, customerKey } from '../domain/customer/customer';
import { isManagerOf } from '../domain/pool/pool-policy';
import type { ActingMember } from '../changes';
import { seenCustomer, sightOf } from '../pools';
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

/** Who selects. */
export interface Selector extends ActingMember {
  /** Their own token, with which Twenty evaluates their filters; null: an automation, of which Twenty does not say whose rights it has. */
  token: string | null;
}

/** Turns a selection into customers, in an order that is the same every time. */
@Injectable()
export class SelectionReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly records: CustomerRecords,
  ) {}

  /**
   * Rights to each customer are looked at later. What is not named one by one is chosen among what the member sees; a pool's contents are
   * told to its managers only.
   * @throws AssignmentError for a pool that is none or not the caller's, and for a filter that Twenty refuses
   * @throws TwentyError
   */
  async read(member: Selector, selection: Selection): Promise<CustomerRef[]> {
    if ('customers' in selection) return unique(selection.customers).filter(({ object }) => maySee(member, object));
    if ('pooledIn' in selection) return this.pooled(member, selection.pooledIn, selection.object);
    if ('allOwnedBy' in selection)
      return this.seen(member, selection.object, `c.owner_id = $5 AND c.status = 'OWNED'`, selection.allOwnedBy);
    const ids = await this.filtered(member, selection.filter, selection.object);
    return this.seen(member, selection.object, 'c.record_id = ANY($5) AND c.status IS NOT NULL', ids);
  }

  /** @param condition on the customer `c`, with one parameter: `$5` */
  private async seen(
    member: ActingMember,
    object: CustomerObject | null,
    condition: string,
    parameter: unknown,
  ): Promise<CustomerRef[]> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    const { viewerId, viewerIsAdmin, poolsSeen } = sightOf(actor, (await this.pools.all()).values());
    const objects = customerObjects.filter((one) => maySee(member, one) && (object === null || object === one));
    return (await this.dataSource.query(
      `SELECT c.object, c.record_id AS "recordId" FROM customer c
        WHERE c.object = ANY($4) AND NOT c.is_deleted AND ${condition}
          AND ${seenCustomer({ viewerId: '$1', viewerIsAdmin: '$2', poolsSeen: '$3' })} ORDER BY c.object, c.record_id`,
      [viewerId, viewerIsAdmin, poolsSeen, objects, parameter],
    )) as CustomerRef[];
  }

  private async pooled(member: ActingMember, poolId: string, object: CustomerObject | null): Promise<CustomerRef[]> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    if (!(await this.pools.all()).has(poolId))
      throw new AssignmentError('BAD_USER_INPUT', 'pooledIn is no pool. pooledIn 不是有效的公海池。');
    if (!isManagerOf(actor, poolId)) throw notAManager();
    return this.seen(member, object, `c.pool_id = $5 AND c.status = 'POOLED'`, poolId);
  }

  /** With the member's own rights in Twenty: what they may not read there is not to be found out by counting here. */
  private async filtered({ token, records }: Selector, filter: unknown, object: CustomerObject): Promise<string[]> {
    if (token === null)
      throw new AssignmentError(
        'FORBIDDEN',
        'A filter is evaluated with the rights of whoever asks, and an automation has none of a person’s: name the customers instead. 筛选按请求人自己的权限执行，自动化没有个人权限：请直接指定客户。',
      );
    // Twenty does not let them read the fields, and lets them filter by them.
    if (records?.hidesFields) throw mayNotRead();
    try {
      return await this.records.listIds(object, filter, { priority: 'interactive', token });
    } catch (error) {
      if (isTwentyError(error, 'FORBIDDEN')) throw mayNotRead();
      if (isTwentyError(error, 'UNAUTHENTICATED'))
        throw new AssignmentError(
          'UNAUTHENTICATED',
          'The token has expired; please reload the page. 令牌已过期，请刷新页面。',
        );
      if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'PROTOCOL')) throw error;
      throw new AssignmentError(
        'BAD_USER_INPUT',
        `Twenty refuses the filter. Twenty 不接受该筛选条件：${error.message}`,
      );
    }
  }
}

function mayNotRead(): AssignmentError {
  return new AssignmentError(
    'FORBIDDEN',
    'Your role in Twenty does not let you read everything that a filter may ask for: choose the customers by hand. 您在 Twenty 中的角色无权读取筛选可能涉及的全部内容：请手动选择客户。',
  );
}

function unique(refs: CustomerRef[]): CustomerRef[] {
  return [...new Map(refs.map((ref) => [customerKey(ref), ref])).values()];
}
