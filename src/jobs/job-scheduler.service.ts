import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import type { JobName } from '../config/job.decorator';
import { EngineConfig } from '../config/engine-config';
import { PluginManifest } from '../config/plugin-manifest';
import { JobKicker } from './job-kicker.service';

/** Gives every job its turns, as plugin.json says. All instances do; the slot number makes the turns one. */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap {
  constructor(
    private readonly manifest: PluginManifest,
    private readonly registry: SchedulerRegistry,
    private readonly kicker: JobKicker,
    private readonly config: EngineConfig,
  ) {}

  onApplicationBootstrap(): void {
    for (const { name, cron, everySeconds } of this.manifest.jobs) {
      if (cron !== undefined) this.byCron(name, cron);
      else if (everySeconds !== undefined) this.byInterval(name, this.secondsOf(name, everySeconds));
    }
  }

  /** Reading what changed is as often as the operator says; everything else as plugin.json says. */
  private secondsOf(name: JobName, declared: number): number {
    return name === 'sync-records' ? this.config.syncIntervalSeconds : declared;
  }

  private byInterval(name: JobName, seconds: number): void {
    const everyMs = seconds * 1000;
    const timer = setInterval(() => void this.kicker.turn(name, Math.floor(Date.now() / everyMs)), everyMs);
    this.registry.addInterval(name, timer);
  }

  private byCron(name: JobName, cron: string): void {
    const job = new CronJob(cron, () => void this.kicker.turn(name, Math.floor(Date.now() / 60_000)));
    this.registry.addCronJob(name, job);
    job.start();
  }
}
