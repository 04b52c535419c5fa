import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { oncePerTransaction } from '../storage/once-per-transaction';
import { SettingEntity } from '../storage/entities/setting.entity';
import { parseSettings, WorkspaceSettings } from './workspace-settings';

/** The workspace settings in force: the last valid values that Twenty had. */
@Injectable()
export class SettingsService {
  private readonly logger = new Logger(SettingsService.name);

  constructor(private readonly dataSource: DataSource) {}

  async current(manager: EntityManager = this.dataSource.manager): Promise<WorkspaceSettings> {
    return oncePerTransaction(manager, 'settings', async () => {
      const rows = await manager.find(SettingEntity);
      return Object.assign(new WorkspaceSettings(), Object.fromEntries(rows.map(({ key, value }) => [key, value])));
    });
  }

  /** @param raw values by key as Twenty has them; unknown keys are left alone */
  async accept(raw: Record<string, string | null | undefined>): Promise<void> {
    const before = new Map((await this.dataSource.manager.find(SettingEntity)).map((row) => [row.key, row]));
    const lastGood = Object.fromEntries([...before].map(([key, { value }]) => [key, value]));
    const parsed = parseSettings(raw, lastGood);
    for (const { key, problem } of parsed) {
      if (problem && before.get(key)?.problem !== problem) {
        this.logger.warn({ key, problem }, 'A workspace setting cannot be used; the last good value stays in force');
      }
    }
    await this.dataSource.manager.upsert(SettingEntity, parsed, ['key']);
  }
}
