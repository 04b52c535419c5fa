import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import type { OwnershipEventType } from '../domain/customer/customer';
import { figuresPeriod } from '../domain/insights/figures-period';
import { tenureFigures, type TenureFigures } from '../domain/insights/tenure-figures';
import { isManagerOf, type Pool } from '../domain/pool/pool-policy';
import type { ActingMember } from '../domain/customer/acting-member';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { type FiguresRows, type MemberKey, readFigures } from './figures.queries';
import { FiguresError } from './insights.errors';
import { inTransaction } from '../storage/transaction';

/** A year of a large workspace is sorted a few times over; on disk that takes several times as long. */
const sortMemory = '64MB';

export interface MemberFigures extends MemberKey {
  ownsNow: number;
  figures: TenureFigures;
}

export interface Figures {
  /** Local dates; both are included. */
  from: string;
  to: string;
  flow: { on: string; into: number; out: number }[];
  total: TenureFigures;
  /** In the order of routing. */
  byPool: { pool: Pool; figures: TenureFigures }[];
  /** Most taken first, then whoever owns most. */
  byMember: MemberFigures[];
  reasons: { type: OwnershipEventType; reason: string | null; count: number }[];
}

/** How pools did in the last days, for those who manage them. docs/decisions/figures.md says what counts. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param poolId null: all pools that the member manages
   * @param days local days up to today
   * @throws FiguresError
   */
  async of(member: ActingMember, poolId: string | null, days: number): Promise<Figures> {
    const pools = await this.managedPools(member, poolId);
    const { TIME_ZONE, QUALIFYING_ACTIVITIES } = await this.settings.current();
    const now = this.clock.now();
    const period = figuresPeriod(now, TIME_ZONE, days);
    const rows = await inTransaction(this.dataSource, async (manager) => {
      await manager.query(`SET TRANSACTION READ ONLY; SET LOCAL work_mem = '${sortMemory}'`);
      return readFigures(manager, {
        poolIds: pools.map(({ id }) => id),
        period,
        qualifying: QUALIFYING_ACTIVITIES,
        now,
      });
    });
    const moved = new Map(rows.flow.map((row) => [row.day, row]));
    const ofPool = new Map(rows.byPool.map(({ poolId: id, ...counts }) => [id, counts]));
    return {
      from: period.days[0] ?? '',
      to: period.days.at(-1) ?? '',
      flow: period.days.map((on, day) => ({ on, into: moved.get(day)?.came ?? 0, out: moved.get(day)?.went ?? 0 })),
      total: tenureFigures(rows.total ?? undefined),
      byPool: pools.map((pool) => ({ pool, figures: tenureFigures(ofPool.get(pool.id)) })),
      byMember: byMember(rows),
      reasons: rows.reasons,
    };
  }

  private async managedPools(member: ActingMember, poolId: string | null): Promise<Pool[]> {
    const all = await this.pools.all();
    if (poolId !== null && !all.has(poolId))
      throw new FiguresError('BAD_USER_INPUT', 'poolId: there is no such pool. 没有该公海池。');
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    const managed = [...all.values()].filter(({ id }) => (poolId === null || id === poolId) && isManagerOf(actor, id));
    if (managed.length === 0)
      throw new FiguresError('FORBIDDEN', 'These figures are for managers of the pool. 仅公海管理员可查看统计数据。');
    return managed;
  }
}

function byMember({ byMember: takers, holders, owners }: FiguresRows): MemberFigures[] {
  const owned = new Map(owners.map(({ memberId, owned: count }) => [memberId, count]));
  const taken = new Map(takers.map(({ memberId, name, ...counts }) => [keyOf({ memberId, name }), counts]));
  const members = new Map(
    [...takers, ...holders, ...owners.map(({ memberId }) => ({ memberId, name: null }))].map((key) => [
      keyOf(key),
      key,
    ]),
  );
  return [...members]
    .map(([key, { memberId, name }]) => ({
      memberId,
      name,
      ownsNow: owned.get(memberId ?? '') ?? 0,
      figures: tenureFigures(taken.get(key)),
    }))
    .sort((a, b) => b.figures.taken - a.figures.taken || b.ownsNow - a.ownsNow || keyOf(a).localeCompare(keyOf(b)));
}

function keyOf({ memberId, name }: MemberKey): string {
  return memberId ?? `gone:${name ?? ''}`;
}
