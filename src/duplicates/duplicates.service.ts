import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type CustomerRef, customerKey, type Locale } from '../domain/customer/customer';
import { Alike, type Comparable } from '../domain/duplicates/best-hit';
import { type DuplicateStanding, duplicateWarning } from '../domain/duplicates/describe-duplicate';
import { memberNames, readCustomers } from '../changes';
import type { ActingMember } from '../domain/customer/acting-member';
import type { Pool } from '../domain/pool/pool-policy';
import { seesCustomer } from '../domain/pool/visibility';
import { ownedBefore } from '../pools';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { type AlikeRow, customersWithKeys, duplicateKeysOf, type GroupKey } from './duplicates.queries';

export interface DuplicateGroup extends GroupKey {
  customers: CustomerRef[];
}

export interface Sameness {
  ownerId: string | null;
  keys: string[];
}

/** docs/semantics.md#duplicates: which managed customers are the same as others. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
  ) {}

  /** Who owns the same customer under another record, and what makes it the same as others, by `customerKey`. */
  async sameness(manager: EntityManager, customers: CustomerEntity[]): Promise<Map<string, Sameness>> {
    const alike = await this.alike(manager, customers);
    return new Map(
      customers.map((customer) => {
        const self = comparable(customer);
        return [
          customerKey(customer),
          { ownerId: alike.bestHit(self)?.other.ownerId ?? null, keys: alike.keysOf(self) },
        ];
      }),
    );
  }

  /** What a member is warned of who has claimed these, by `customerKey`: what they own themselves is no news to them. */
  async warnings(member: ActingMember, refs: CustomerRef[], locale: Locale): Promise<Map<string, string>> {
    const { manager } = this.dataSource;
    const { memberId } = member;
    const customers = [...(await readCustomers(manager, refs)).values()];
    const alike = await this.alike(manager, customers);
    const hits = customers.flatMap((customer) => {
      const hit = alike.bestHit(comparable(customer));
      return hit && hit.other.ownerId !== memberId ? [{ customer, other: hit.other }] : [];
    });
    const others = hits.map(({ other }) => other);
    const actor = await this.pools.actor(memberId, member.isWorkspaceAdmin, manager);
    const before = await ownedBefore(manager, memberId, others);
    const standings = await this.standings(manager, others, (other, pool) =>
      seesCustomer(actor, { pool, ownerId: other.ownerId, wasActors: before.has(customerKey(other)) }),
    );
    return new Map(
      hits.flatMap(({ customer, other }) => {
        const standing = standings.get(other.recordId);
        return standing ? [[customerKey(customer), duplicateWarning(standing, locale)] as const] : [];
      }),
    );
  }

  /**
   * What may be told of customers, by record id.
   * @param isTold may it be told which one it is?
   */
  async standings(
    manager: EntityManager,
    others: AlikeRow[],
    isTold: (other: AlikeRow, pool: Pool | null) => boolean,
  ): Promise<Map<string, DuplicateStanding>> {
    const names = await memberNames(
      manager,
      others.map(({ ownerId }) => ownerId),
    );
    const pools = others.length === 0 ? new Map<string, Pool>() : await this.pools.all(manager);
    const standing = (other: AlikeRow): DuplicateStanding => {
      const pool = pools.get(other.poolId) ?? null;
      if (!isTold(other, pool)) return { isHidden: true };
      return other.ownerId ? { ownerName: names.get(other.ownerId) ?? '' } : { poolName: pool?.name ?? '' };
    };
    return new Map(others.map((other) => [other.recordId, standing(other)]));
  }

  /** Groups of customers that are the same, one of them in the pool at least. */
  async groups(
    poolId: string,
    first: number,
    after: GroupKey | null,
  ): Promise<{ groups: DuplicateGroup[]; hasNextPage: boolean }> {
    const { manager } = this.dataSource;
    const keys = await duplicateKeysOf(manager, poolId, first + 1, after);
    const page = keys.slice(0, first);
    const rows = await customersWithKeys(
      manager,
      page.map(({ key }) => key),
    );
    const groups = page.map(({ object, key }) => ({
      object,
      key,
      customers: rows
        .filter((row) => row.object === object && row.matchKeys.includes(key))
        .map(({ recordId }) => ({ object, recordId })),
    }));
    return { groups, hasNextPage: keys.length > first };
  }

  private async alike(manager: EntityManager, customers: CustomerEntity[]): Promise<Alike<AlikeRow>> {
    const keys = [...new Set(customers.flatMap(({ matchKeys }) => matchKeys))];
    return new Alike(await customersWithKeys(manager, keys), new Set(keys));
  }
}

function comparable({ object, recordId, status, matchKeys }: CustomerEntity): Comparable {
  return { object, recordId, status: status ?? 'POOLED', matchKeys };
}
