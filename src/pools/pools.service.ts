import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, IsNull, type EntityManager, type QueryDeepPartialEntity } from 'typeorm';
import type { MatchValues } from '../domain/assignment/auto/auto-assignment.types';
import { readMatchValues } from '../domain/assignment/auto/match-values';
import { claimsOnActivity } from '../domain/claim/claiming-activities';
import type { Actor, Pool, PoolMembership } from '../domain/pool/pool-policy';
import { oncePerTransaction } from '../storage/once-per-transaction';
import { PoolMemberEntity } from '../storage/entities/pool-member.entity';
import { PoolEntity } from '../storage/entities/pool.entity';
import type { PoolMemberRecord, PoolRecord } from '../twenty/records/twenty.types';
import { noteActivityClaiming } from './activity-claiming.queries';
import { parsePoolPolicy } from './pool-policy.parser';
import { inTransaction } from '../storage/transaction';

export interface PoolProblem {
  poolId: string;
  /** null: there was one, and it is mended. */
  problem: string | null;
}

/** The pools and who is in them, as far as Twenty's values are valid. */
@Injectable()
export class PoolsService {
  private readonly logger = new Logger(PoolsService.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Every pool that exists, in routing order. */
  async all(manager: EntityManager = this.dataSource.manager): Promise<Map<string, Pool>> {
    return oncePerTransaction(manager, 'pools', async () => {
      const rows = await manager.find(PoolEntity, { where: { removedAt: IsNull() } });
      const pools = rows.map(({ id, name, policy }): Pool => ({ id, name, policy }));
      pools.sort((a, b) => a.policy.priority - b.policy.priority || a.id.localeCompare(b.id));
      return new Map(pools.map((pool) => [pool.id, pool]));
    });
  }

  async actor(
    memberId: string,
    isWorkspaceAdmin: boolean,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Actor> {
    const rows = await manager.find(PoolMemberEntity, { where: { memberId } });
    return {
      memberId,
      isWorkspaceAdmin,
      memberships: new Map(strongestLast(rows).map((row) => [row.poolId, membership(row)])),
    };
  }

  /**
   * docs/semantics.md#pool-deletion: the customers of a pool that goes need another; they are read again, and so
   * routed.
   */
  private async remove(manager: EntityManager, ids: string[], now: string): Promise<void> {
    await manager.update(PoolEntity, { id: In(ids) }, { removedAt: now });
    await manager.query(
      `INSERT INTO reread (object, record_id, requested_at)
       SELECT object, record_id, clock_timestamp() FROM customer WHERE pool_id = ANY($1) ORDER BY object, record_id ON CONFLICT DO NOTHING`,
      [ids],
    );
    this.logger.log({ pools: ids }, 'Pools were removed in Twenty; their customers are routed anew');
  }

  /** Records of Twenty name the pool, or the owner, of a customer that theirs is the same as; not in a pool that only its members see. */
  private async describeDuplicatesAnew(
    manager: EntityManager,
    rows: PoolEntity[],
    known: Map<string, PoolEntity>,
  ): Promise<void> {
    const changed = rows.filter(
      ({ id, policy }) => (known.get(id)?.policy.visibility ?? policy.visibility) !== policy.visibility,
    );
    if (changed.length === 0) return;
    await manager.query(
      `UPDATE customer c SET duplicates_stale = true
         FROM (SELECT object, record_id FROM customer WHERE duplicate_of_id IN (SELECT record_id FROM customer WHERE pool_id = ANY($1))
                ORDER BY object, record_id FOR UPDATE) x
        WHERE c.object = x.object AND c.record_id = x.record_id`,
      [changed.map(({ id }) => id)],
    );
  }

  /** Takes over what Twenty has. @returns what changed about problems, for the pool records to say */
  async accept(records: PoolRecord[], memberRecords: PoolMemberRecord[], now: string): Promise<PoolProblem[]> {
    return inTransaction(this.dataSource, async (manager) => {
      // Every job that needs fresh facts reads the pools, so several may have read them at once; members are replaced whole.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('highseas:accept pools', 0))`);
      const known = new Map((await manager.find(PoolEntity)).map((row) => [row.id, row]));
      const present = records.filter(({ deletedAt }) => deletedAt === null);
      const rows = present.map((record) => poolRow(record, known.get(record.id)));
      await manager.save(PoolEntity, rows);
      const gone = [...known.values()].filter(({ id, removedAt }) => !removedAt && !rows.some((row) => row.id === id));
      if (gone.length > 0)
        await this.remove(
          manager,
          gone.map(({ id }) => id),
          now,
        );
      await noteActivityClaiming(
        manager,
        rows.filter(({ policy }) => claimsOnActivity(policy)).map(({ id }) => id),
        now,
      );

      await this.describeDuplicatesAnew(manager, rows, known);
      await manager.createQueryBuilder().delete().from(PoolMemberEntity).execute();
      await manager.insert(PoolMemberEntity, memberRecords.flatMap(memberRow));
      const changed = rows.filter((row) => row.problem !== (known.get(row.id)?.problem ?? null));
      for (const { name, problem } of changed)
        if (problem) this.logger.warn({ pool: name, problem }, 'A pool has values that cannot be used');
      return changed.map(({ id, problem }) => ({ poolId: id, problem }));
    });
  }
}

function poolRow(record: PoolRecord, known: PoolEntity | undefined): PoolEntity {
  const { policy, problem } = parsePoolPolicy(record.fields, known?.policy ?? null);
  return Object.assign(new PoolEntity(), { id: record.id, name: record.name ?? '', policy, problem, removedAt: null });
}

function memberRow(record: PoolMemberRecord): QueryDeepPartialEntity<PoolMemberEntity>[] {
  if (!record.poolId || !record.memberId) return [];
  return [
    {
      id: record.id,
      poolId: record.poolId,
      memberId: record.memberId,
      memberRole: record.memberRole === 'MANAGER' ? 'MANAGER' : 'MEMBER',
      holdingCapacity: wholeNumber(record.holdingCapacity),
      claimLimit: wholeNumber(record.claimLimit),
      isOnDuty: record.isOnDuty !== false,
      weight: record.weight !== null && record.weight >= 0 ? record.weight : null,
      matchValues: readMatchValues(record.matchValues) as QueryDeepPartialEntity<MatchValues> | null,
      joinedAt: record.createdAt,
    },
  ];
}

function wholeNumber(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
}

/** Twenty does not keep a member from being in a pool twice; the stronger role counts. */
function strongestLast(rows: PoolMemberEntity[]): PoolMemberEntity[] {
  return [...rows].sort(
    (a, b) => Number(a.memberRole === 'MANAGER') - Number(b.memberRole === 'MANAGER') || a.id.localeCompare(b.id),
  );
}

function membership({ poolId, memberRole, holdingCapacity, claimLimit, isOnDuty }: PoolMemberEntity): PoolMembership {
  return { poolId, memberRole, holdingCapacity, claimLimit, isOnDuty };
}
