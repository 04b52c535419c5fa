import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { DemoClock } from '../config/demo-clock';
import { EngineConfig } from '../config/engine-config';
import type { JobName } from '../config/job.decorator';
import { addLocalDays, localDate } from '../domain/calendar/local-days';
import { JobPause } from '../jobs/job-pause.service';
import { JobRegistry } from '../jobs/job-registry.service';
import { SettingsService } from '../settings/settings.service';
import { whenAlone } from '../storage/exclusive';
import { lastEvent, openWork, reclaimedSince, remindersSoFar } from './demo-days.queries';
import { DemoFault } from './demo.error';

/** What a day brings, in this order. The first two read every source up to now; a sweep passes over what is under way. */
const dayJobs: readonly JobName[] = ['send-reminders', 'reclaim-sweep', 'sync-records', 'auto-assign', 'clean-up'];
const settleJobs: readonly JobName[] = ['settle-writes', 'sync-records', 'show-customers', 'mirror-events'];

const settledWithinMs = 300_000;
const lookEveryMs = 50;
const sandboxTimeoutMs = 10_000;
const hourMs = 3_600_000;

export interface DemoTime {
  /** ISO instant. */
  now: string;
  /** Local date. */
  today: string;
}

export interface DemoMove extends DemoTime {
  advancedDays: number;
  /** Customers that went back to their pools on the way, with the people who followed their company. */
  reclaimed: number;
  /** Messages to owners and managers on the way; one may speak of many customers. */
  reminders: number;
}

/** Moves the time of engine and sandbox together, day by day, each with the work that it brings. */
@Injectable()
export class DemoDays {
  private readonly logger = new Logger(DemoDays.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SettingsService,
    private readonly pause: JobPause,
    private readonly jobs: JobRegistry,
    private readonly config: EngineConfig,
  ) {}

  async time(clock: DemoClock): Promise<DemoTime> {
    const now = clock.now();
    return { now, today: localDate(now, (await this.settings.current()).TIME_ZONE) };
  }

  /**
   * Local days, so that none is skipped where clocks change; when it returns, all that they brought is settled.
   * @throws DemoFault MOVING: another move is under way; SANDBOX_AWAY; NOT_SETTLED
   * @throws TwentyError
   */
  async advance(clock: DemoClock, days: number, hours: number): Promise<DemoMove> {
    const move = await whenAlone(this.dataSource, 'demo clock', () =>
      this.pause.during(() => this.move(clock, days, hours)),
    );
    if (!move) throw new DemoFault('MOVING', 'The clock is being moved already');
    return move;
  }

  /** The jobs of a move that was broken off go on. */
  async recover(): Promise<void> {
    await whenAlone(this.dataSource, 'demo clock', () => this.pause.end());
  }

  private async move(clock: DemoClock, days: number, hours: number): Promise<DemoMove> {
    const startedAfter = await lastEvent(this.dataSource.manager);
    const remindersBefore = await remindersSoFar(this.dataSource.manager);
    // What was done until now was done today, and not on the day that follows.
    await this.turn();
    for (let day = 1; day <= days; day += 1) {
      const { TIME_ZONE } = await this.settings.current();
      await this.turnTo(clock, addLocalDays(clock.now(), TIME_ZONE, 1));
    }
    if (hours > 0) await this.turnTo(clock, new Date(Date.parse(clock.now()) + hours * hourMs).toISOString());
    const reclaimed = await reclaimedSince(this.dataSource.manager, startedAfter);
    const reminders = (await remindersSoFar(this.dataSource.manager)) - remindersBefore;
    const time = await this.time(clock);
    this.logger.log({ days, hours, today: time.today, reclaimed, reminders }, 'The demo clock was moved');
    return { ...time, advancedDays: days, reclaimed, reminders };
  }

  private async turnTo(clock: DemoClock, instant: string): Promise<void> {
    await clock.moveTo(await this.moveSandbox(instant));
    await this.turn();
  }

  private async turn(): Promise<void> {
    for (const job of dayJobs) {
      // Where the pause did not wait long enough, one of another instance's is still going on.
      while (!(await this.jobs.run(job))) await sleep(lookEveryMs);
      await this.settle();
    }
  }

  private async settle(): Promise<void> {
    const deadline = Date.now() + settledWithinMs;
    while (await openWork(this.dataSource.manager)) {
      if (Date.now() > deadline) throw new DemoFault('NOT_SETTLED', 'The work of a day does not come to its end');
      for (const job of settleJobs) await this.jobs.run(job);
      if (await openWork(this.dataSource.manager)) await sleep(lookEveryMs);
    }
  }

  /** @returns what time it is there now */
  private async moveSandbox(instant: string): Promise<string> {
    try {
      const response = await fetch(`${this.config.twentyUrl}/sandbox/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now: instant }),
        signal: AbortSignal.timeout(sandboxTimeoutMs),
      });
      const { now } = (await response.json()) as { now?: string };
      if (response.ok && now !== undefined) return now;
    } catch (error) {
      this.logger.warn({ err: error }, 'The sandbox does not answer');
    }
    throw new DemoFault('SANDBOX_AWAY', 'The sandbox did not move its clock');
  }
}
