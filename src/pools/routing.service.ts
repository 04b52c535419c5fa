import { Injectable, Logger } from '@nestjs/common';
import type { CustomerObject } from '../domain/customer/customer';
import type { Pool } from '../domain/pool/pool-policy';
import { PoolsService } from './pools.service';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import { PoolRecords } from '../twenty/records/pool-records.service';
import { isTwentyError, type TwentyError } from '../twenty/client/twenty-error';

/** docs/semantics.md#routing: the first pool, by priority, whose routing filter matches; else the default pool. */
@Injectable()
export class RoutingService {
  private readonly logger = new Logger(RoutingService.name);
  /** Pools whose filter Twenty refused, so that it is said once and not at every record. */
  private readonly refused = new Map<string, string>();

  constructor(
    private readonly pools: PoolsService,
    private readonly customerRecords: CustomerRecords,
    private readonly poolRecords: PoolRecords,
  ) {}

  /**
   * Twenty itself evaluates the filters, so they mean what they mean in its views.
   * @returns pool ids by record id; records that no pool manages are absent
   * @throws TwentyError
   */
  async route(object: CustomerObject, recordIds: string[]): Promise<Map<string, string>> {
    const routes = new Map<string, string>();
    if (recordIds.length === 0) return routes;
    const candidates = [...(await this.pools.all()).values()].filter(
      (pool) => pool.policy.isActive && manages(pool, object),
    );
    let open = recordIds;
    for (const pool of candidates) {
      if (!pool.policy.routingFilter || open.length === 0) continue;
      const matched = await this.match(pool, object, open, pool.policy.routingFilter);
      for (const id of matched) routes.set(id, pool.id);
      open = open.filter((id) => !matched.has(id));
    }
    const fallback = candidates.find((pool) => pool.policy.isDefault);
    if (fallback) for (const id of open) routes.set(id, fallback.id);
    return routes;
  }

  private async match(
    pool: Pool,
    object: CustomerObject,
    ids: string[],
    filter: Record<string, unknown>,
  ): Promise<Set<string>> {
    try {
      const matched = await this.customerRecords.matchFilter(object, ids, filter, { priority: 'background' });
      if (this.refused.delete(`${pool.id} ${object}`)) await this.say(pool, null);
      return matched;
    } catch (error) {
      if (!isTwentyError(error, 'REJECTED')) throw error;
      await this.reportRefused(pool, object, error);
      return new Set();
    }
  }

  private async reportRefused(pool: Pool, object: CustomerObject, error: TwentyError): Promise<void> {
    const key = `${pool.id} ${object}`;
    if (this.refused.get(key) === error.message) return;
    this.refused.set(key, error.message);
    this.logger.warn(
      { pool: pool.name, object, message: error.message },
      'Twenty refuses a routing filter; the pool gets no new records by it',
    );
    await this.say(pool, `routingFilter (${object}): ${error.message}`);
  }

  private async say(pool: Pool, problem: string | null): Promise<void> {
    try {
      await this.poolRecords.setProblem(pool.id, problem, { priority: 'background' });
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      this.logger.warn({ pool: pool.name, kind: error.kind }, 'The problem could not be shown on the pool record');
    }
  }
}

function manages({ policy }: Pool, object: CustomerObject): boolean {
  return object === 'COMPANY' ? policy.managesCompanies : policy.managesPeople;
}
