/** What one member has and has claimed in one pool. */
export interface PoolUsage {
  /** Owned customers that count towards capacity. */
  holding: number;
  /** Owned customers that do not count (won ones, unless the pool counts them). */
  exempt: number;
  /** Claims charged in the current claim-limit period. */
  claims: number;
  /** ISO instant of the last claim. */
  lastClaimAt: string | null;
  /** Claimed customers without a first activity. */
  backlog: number;
}

const nothing: PoolUsage = { holding: 0, exempt: 0, claims: 0, lastClaimAt: null, backlog: 0 };

/** A member's use of their limits, kept up while a batch is decided record by record. */
export class MemberBook {
  private readonly pools: Map<string, PoolUsage>;

  constructor(usage: Iterable<readonly [string, PoolUsage]> = []) {
    this.pools = new Map([...usage].map(([poolId, used]) => [poolId, { ...used }]));
  }

  inPool(poolId: string): Readonly<PoolUsage> {
    return this.pools.get(poolId) ?? nothing;
  }

  /** Over all pools: what the workspace-wide capacity is compared with. */
  holding(): number {
    return [...this.pools.values()].reduce((sum, usage) => sum + usage.holding, 0);
  }

  /** Charges a granted claim, so that the next record of the batch is decided on the new numbers. */
  claimed(poolId: string, at: string, countsTowardsCapacity: boolean): void {
    const used = this.inPool(poolId);
    this.pools.set(poolId, {
      holding: used.holding + (countsTowardsCapacity ? 1 : 0),
      exempt: used.exempt + (countsTowardsCapacity ? 0 : 1),
      claims: used.claims + 1,
      lastClaimAt: at,
      backlog: used.backlog + 1,
    });
  }

  /** An assigned customer takes room, but is no claim. */
  assigned(poolId: string, countsTowardsCapacity: boolean): void {
    const used = this.inPool(poolId);
    const { holding, exempt } = used;
    this.pools.set(poolId, {
      ...used,
      holding: holding + (countsTowardsCapacity ? 1 : 0),
      exempt: exempt + (countsTowardsCapacity ? 0 : 1),
    });
  }
}
