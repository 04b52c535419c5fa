import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { WorkspaceEntity } from '../storage/entities/workspace.entity';
import { Workspace } from '../twenty/records/workspace.service';

/** The database is the index of another workspace than the one that the credentials open. */
export class WorkspaceMismatchError extends Error {
  readonly code = 'WORKSPACE_MISMATCH';
  readonly retryable = false;
  constructor() {
    super('This database is the index of another Twenty workspace. Use a database of its own for each workspace.');
  }
}

/** Which workspace this engine serves; settled at the first contact with Twenty and kept. */
@Injectable()
export class WorkspaceIdentity {
  private known: WorkspaceEntity | null = null;
  private confirming: Promise<WorkspaceEntity> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workspace: Workspace,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /**
   * As last confirmed by Twenty in this process; however many ask before that, Twenty is asked once.
   * @throws as `confirm`
   */
  async current(): Promise<WorkspaceEntity> {
    if (this.known) return this.known;
    this.confirming ??= this.confirm().finally(() => {
      this.confirming = null;
    });
    return this.confirming;
  }

  /**
   * Asks Twenty, once per process and after each reinstallation of the app.
   * @throws WorkspaceMismatchError
   * @throws TwentyError
   */
  async confirm(): Promise<WorkspaceEntity> {
    const { workspaceId, applicationId } = await this.workspace.describe({ priority: 'background' });
    await this.dataSource.query(
      `INSERT INTO workspace (id, application_id, webhook_secret, indexed_since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [workspaceId, applicationId, randomBytes(32).toString('hex'), this.clock.now()],
    );
    const row = await this.dataSource.manager.findOneOrFail(WorkspaceEntity, { where: {} });
    if (row.id !== workspaceId) throw new WorkspaceMismatchError();
    if (applicationId && row.applicationId !== applicationId) {
      await this.dataSource.manager.update(WorkspaceEntity, { id: row.id }, { applicationId });
      row.applicationId = applicationId;
    }
    this.known = row;
    return row;
  }

  /** The secret that signs Twenty's webhooks; null before the first contact with Twenty. */
  async webhookSecret(): Promise<string | null> {
    if (this.config.webhookSecret) return this.config.webhookSecret;
    const row = this.known ?? (await this.dataSource.manager.findOne(WorkspaceEntity, { where: {} }));
    return row?.webhookSecret ?? null;
  }
}
