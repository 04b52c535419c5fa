import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isDeepStrictEqual } from 'node:util';
import { cleanUpPolicy } from '../domain/clean-up/clean-up.types';
import type { ClockPolicy } from '../domain/idle-clock/clock.types';
import type { Pool, PoolPolicy } from '../domain/pool/pool-policy';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { PolicyVersionEntity } from '../storage/entities/policy-version.entity';
import { type OverrideSnapshot, ReclaimOverrideEntity } from '../storage/entities/reclaim-override.entity';
import { SettingEntity } from '../storage/entities/setting.entity';
import { calendarSettings } from './calendars';
import { markPools, requestMarking } from './clock-marking.queries';
import { inTransaction } from '../storage/transaction';

/** The part of the settings that facts, not deadlines, depend on; changing it makes clocks stale without any grace. */
type FactSettings = Pick<
  WorkspaceSettings,
  'QUALIFYING_ACTIVITIES' | 'ONLY_OWNER_ACTIVITY_COUNTS' | 'WON_STAGES' | 'LOST_STAGES' | 'TIME_ZONE'
>;
const factSettingsKey = 'internal:clock-facts';

/**
 * docs/semantics.md#grace: a policy edit never makes a customer due sooner than `graceDays` after the edit. So what was
 * in force before is kept, by pool, for as long as somebody may ask.
 */
@Injectable()
export class PolicyVersions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Notes what is in force now where it is new, and has the clocks that it moves looked at again: when this returns, all of them are
   * marked, also of what another instance noted. Several instances that notice the same edit note it once.
   * @param now ISO instant of the edit, as near as it is known
   */
  async note(now: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('highseas:policy versions', 0))`);
      const settings = await this.settings.current(manager);
      const calendar = calendarSettings(settings);
      const overrides = await overridesByPool(manager);
      const changed: string[] = [];
      for (const pool of (await this.pools.all(manager)).values()) {
        const next = { policy: clockPolicy(pool.policy), overrides: overrides.get(pool.id) ?? [], calendar };
        const cleanUp = cleanUpPolicy(pool.policy);
        const last = await manager.findOne(PolicyVersionEntity, { where: { poolId: pool.id }, order: { id: 'DESC' } });
        const movesClocks =
          !last ||
          !isDeepStrictEqual({ policy: last.policy, overrides: last.overrides, calendar: last.calendar }, next);
        if (!movesClocks && isDeepStrictEqual(last.cleanUp, cleanUp)) continue;
        const at = last ? now : ((await beginningOfHistory(manager)) ?? now);
        await manager.insert(PolicyVersionEntity, { poolId: pool.id, at, ...next, cleanUp });
        if (movesClocks) changed.push(pool.id);
      }
      if (await this.factSettingsChanged(manager, settings)) await requestMarking(manager, null);
      else if (changed.length > 0) await requestMarking(manager, changed);
    });
    await markPools(this.dataSource);
  }

  /**
   * Since when a pool's clean-up has been as it is.
   * @returns ISO instant; null while its last edit has not been noted, and so not begun its grace, yet
   */
  async cleanUpSince(manager: EntityManager, { id, policy }: Pool): Promise<string | null> {
    const [row] = (await manager.query(
      `SELECT min(at) AS at FROM policy_version
        WHERE pool_id = $1 AND id > coalesce((SELECT max(id) FROM policy_version WHERE pool_id = $1 AND clean_up IS DISTINCT FROM $2::jsonb), 0)`,
      [id, JSON.stringify(cleanUpPolicy(policy))],
    )) as { at: Date | null }[];
    return row?.at?.toISOString() ?? null;
  }

  private async factSettingsChanged(manager: EntityManager, settings: WorkspaceSettings): Promise<boolean> {
    const { QUALIFYING_ACTIVITIES, ONLY_OWNER_ACTIVITY_COUNTS, WON_STAGES, LOST_STAGES, TIME_ZONE } = settings;
    const now: FactSettings = { QUALIFYING_ACTIVITIES, ONLY_OWNER_ACTIVITY_COUNTS, WON_STAGES, LOST_STAGES, TIME_ZONE };
    const value = JSON.stringify(now);
    const known = await manager.findOneBy(SettingEntity, { key: factSettingsKey });
    if (known?.value === value) return false;
    await manager.upsert(SettingEntity, { key: factSettingsKey, value, problem: null }, ['key']);
    return true;
  }
}

/**
 * An index that was filled from Twenty's history goes on where the one before it was: reclaim was turned on when that history
 * began, not just now. Null for a new workspace.
 */
async function beginningOfHistory(manager: EntityManager): Promise<string | null> {
  const [row] = (await manager.query('SELECT min(at) AS at FROM ownership_event WHERE mirrored_at IS NOT NULL')) as {
    at: Date | null;
  }[];
  return row?.at?.toISOString() ?? null;
}

async function overridesByPool(manager: EntityManager): Promise<Map<string, OverrideSnapshot[]>> {
  const byPool = new Map<string, OverrideSnapshot[]>();
  for (const { id, poolId, priority, numbers } of await manager.find(ReclaimOverrideEntity, {
    order: { priority: 'ASC', id: 'ASC' },
  })) {
    byPool.set(poolId, [...(byPool.get(poolId) ?? []), { id, priority, numbers }]);
  }
  return byPool;
}

export function clockPolicy(policy: PoolPolicy): ClockPolicy {
  return {
    isActive: policy.isActive,
    firstFollowUpDays: policy.firstFollowUpDays,
    followUpDays: policy.followUpDays,
    noOpportunityDays: policy.noOpportunityDays,
    noDealDays: policy.noDealDays,
    maxHoldDays: policy.maxHoldDays,
    afterDateField: policy.afterDateField,
    afterDateDays: policy.afterDateDays,
    dayCounting: policy.dayCounting,
    planDefersDays: policy.planDefersDays ?? null,
    graceDays: policy.graceDays ?? null,
    wonIsExempt: policy.wonIsExempt,
    openOpportunityIsExempt: policy.openOpportunityIsExempt,
  };
}
