import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineConfig } from '../config/engine-config';
import { PluginManifest } from '../config/plugin-manifest';
import { PendingWritesService } from '../changes/pending-writes.service';
import { IndexIncompleteError, IndexReader } from '../sync/index-reader.service';
import { WorkspaceIdentity, WorkspaceMismatchError } from '../sync/workspace-identity.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { WebhookRegistry } from '../twenty/records/webhook-registry.service';
import { JobKicker } from './job-kicker.service';

const shortestPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * From process start to readiness: who are we in Twenty, what does the index lack, where may Twenty reach us. Twenty being
 * away only delays it.
 */
@Injectable()
export class Startup implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Startup.name);
  private done = false;
  private stopping = false;
  private fault: string | null = null;

  constructor(
    private readonly workspace: WorkspaceIdentity,
    private readonly index: IndexReader,
    private readonly pendingWrites: PendingWritesService,
    private readonly webhooks: WebhookRegistry,
    private readonly manifest: PluginManifest,
    private readonly config: EngineConfig,
    private readonly kicker: JobKicker,
  ) {}

  get isDone(): boolean {
    return this.done;
  }

  /** Why it is not done, for operators; null when nothing is wrong. */
  get problem(): string | null {
    return this.done ? null : (this.fault ?? 'starting');
  }

  onApplicationBootstrap(): void {
    void this.run();
  }

  onApplicationShutdown(): void {
    this.stopping = true;
  }

  private async run(): Promise<void> {
    for (let pauseMs = shortestPauseMs; !this.stopping; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await this.attempt();
        this.done = true;
        this.fault = null;
        this.logger.log('Ready');
        return;
      } catch (error) {
        this.fault = faultOf(error);
        this.logger.warn({ fault: this.fault, err: isTwentyError(error) ? undefined : error }, 'Not ready yet');
        if (error instanceof WorkspaceMismatchError) return;
      }
      await sleep(pauseMs);
    }
  }

  private async attempt(): Promise<void> {
    await this.workspace.confirm();
    await this.pendingWrites.resolveDue();
    await this.index.complete();
    await this.registerWebhook();
    await this.kicker.kick('mirror-events');
  }

  private async registerWebhook(): Promise<void> {
    const { publicUrl } = this.config;
    const secret = await this.workspace.webhookSecret();
    if (!publicUrl || !secret) return;
    try {
      await this.webhooks.ensure(`${publicUrl}/webhooks/twenty`, this.manifest.webhookOperations, secret, {
        priority: 'background',
      });
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      // The cursor is what is relied on; without webhooks changes are only noticed later.
      this.logger.warn(
        { kind: error.kind, code: error.code },
        'No webhook could be registered; changes are noticed at the next reading',
      );
    }
  }
}

function faultOf(error: unknown): string {
  if (isTwentyError(error)) return `TWENTY_${error.kind}`;
  if (error instanceof WorkspaceMismatchError || error instanceof IndexIncompleteError) return error.code;
  return 'INTERNAL';
}
