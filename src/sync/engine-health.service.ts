import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import type { HealthFacts, SignInProblem } from '../domain/health/engine-health';
import { isTwentyError } from '../twenty/client/twenty-error';
import { Workspace } from '../twenty/records/workspace.service';
import { type HealthRow, noteWebhook, readHealth } from './engine-health.queries';

/** However many look at once, Twenty is asked once in this time. */
const keptMs = 5000;
const answerMs = 5000;
/** A change comes by reading and by webhook within seconds of each other. */
const webhookLagMs = 120_000;
const noteEveryMs = 30_000;

/** Whether the engine's own work goes on: what no command of a member shows, because members come with tokens of their own. */
@Injectable()
export class EngineHealth {
  private readonly since: string;
  private known: { at: number; facts: Promise<HealthFacts> } | null = null;
  private noted = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workspace: Workspace,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {
    this.since = clock.now();
  }

  /** @throws only what the database throws */
  async facts(): Promise<HealthFacts> {
    if (!this.known || Date.now() - this.known.at > keptMs) this.known = { at: Date.now(), facts: this.look() };
    return this.known.facts;
  }

  /** Twenty has said something by webhook. */
  async webhookArrived(): Promise<void> {
    if (Date.now() - this.noted < noteEveryMs) return;
    await noteWebhook(this.dataSource.manager, this.clock.now());
    this.noted = Date.now();
  }

  private async look(): Promise<HealthFacts> {
    const [signInProblem, row] = await Promise.all([
      this.signInProblem(),
      readHealth(this.dataSource.manager, this.clock.now()),
    ]);
    const { readAt, lateWrites, oldestWriteSeconds, lateShown, refusedShown, lateEvents } = row;
    return {
      signInProblem,
      readSecondsAgo: readAt === null ? null : Math.max(0, (Date.parse(this.clock.now()) - Date.parse(readAt)) / 1000),
      readEverySeconds: this.config.syncIntervalSeconds,
      webhooks: this.webhooks(row),
      lateWrites,
      oldestWriteSeconds,
      lateShown,
      refusedShown,
      lateEvents,
    };
  }

  private webhooks({ changedAt, webhookAt }: HealthRow): HealthFacts['webhooks'] {
    if (!this.config.publicUrl) return 'OFF';
    const heard = Math.max(Date.parse(webhookAt ?? this.since), Date.parse(this.since));
    if (changedAt !== null && Date.parse(changedAt) > heard + webhookLagMs) return 'MISSING';
    return webhookAt === null ? 'QUIET' : 'ARRIVING';
  }

  private async signInProblem(): Promise<SignInProblem | null> {
    try {
      await this.workspace.reach({
        priority: 'interactive',
        timeoutMs: answerMs,
        signal: AbortSignal.timeout(answerMs),
      });
      return null;
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      switch (error.kind) {
        case 'UNAUTHENTICATED':
          return 'REFUSED';
        case 'FORBIDDEN':
          return 'FORBIDDEN';
        case 'UNREACHABLE':
        case 'TIMEOUT':
          return 'UNREACHABLE';
        case 'RATE_LIMITED':
          return 'LIMITED';
        default:
          return 'FAULT';
      }
    }
  }
}
