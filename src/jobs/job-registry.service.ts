import { Injectable } from '@nestjs/common';
import { FollowUpService } from '../commands/follow-up.service';
import { ActivityClaimer } from '../automatic/activity-claimer.service';
import { JobRunner } from '../bulk/job-runner.service';
import { AutoAssigner } from '../automatic/auto-assigner.service';
import { CleanUp } from '../automatic/clean-up.service';
import { PluginManifest } from '../config/plugin-manifest';
import { ReminderService } from '../notifications/reminder.service';
import { DuplicateKeeper } from '../automatic/duplicate-keeper.service';
import { PendingWritesService } from '../changes/pending-writes.service';
import { Projection } from '../changes/projection.service';
import { ClockKeeper } from '../automatic/clock-keeper.service';
import { FreshFacts } from '../automatic/fresh-facts.service';
import { ReclaimSweep } from '../automatic/reclaim-sweep.service';
import { Feed } from '../sync/feed.service';
import { Housekeeping } from '../sync/housekeeping.service';
import { HistoryMirror } from '../sync/history-mirror.service';
import { MembersSync } from '../sync/members-sync.service';
import { PoolsSync } from '../sync/pools-sync.service';
import { type JobName, jobNames } from './job-names';

/** A job without a handler, or a handler without a job. */
export class JobRegistryError extends Error {
  readonly code = 'JOB_REGISTRY_MISMATCH';
  readonly retryable = false;
}

/** What each job does. */
@Injectable()
export class JobRegistry {
  private readonly handlers: Record<JobName, () => Promise<unknown>>;

  constructor(
    manifest: PluginManifest,
    members: MembersSync,
    pools: PoolsSync,
    feed: Feed,
    activityClaimer: ActivityClaimer,
    followUps: FollowUpService,
    writes: PendingWritesService,
    projection: Projection,
    history: HistoryMirror,
    housekeeping: Housekeeping,
    clocks: ClockKeeper,
    sweep: ReclaimSweep,
    cleanUp: CleanUp,
    autoAssigner: AutoAssigner,
    bulkJobs: JobRunner,
    duplicates: DuplicateKeeper,
    facts: FreshFacts,
    reminders: ReminderService,
  ) {
    this.handlers = {
      'sync-members': () => members.sync(),
      'sync-pools': () => pools.syncPools(),
      'sync-settings': () => pools.syncSettings(),
      'sync-records': async () => {
        await feed.sync();
        await activityClaimer.run();
      },
      'settle-writes': async () => {
        await writes.resolveDue();
        await followUps.resolveDue();
      },
      'show-customers': () => projection.run(),
      'mirror-events': () => history.mirror(),
      reconcile: () => housekeeping.reconcile(),
      'keep-clocks': () => clocks.keep(),
      'run-bulk-jobs': () => bulkJobs.run(),
      'auto-assign': () => autoAssigner.run(),
      'keep-duplicates': () => duplicates.keep(),
      'reclaim-sweep': async () => {
        await sweep.sweep();
        await reminders.voidMoved();
      },
      'clean-up': () => cleanUp.run(),
      'send-reminders': async () => {
        await facts.gather();
        await reminders.send();
      },
    };
    const declared = manifest.data.jobs.map(({ name }) => name);
    const differing = [
      ...declared.filter((name) => !isJobName(name)),
      ...jobNames.filter((name) => !declared.includes(name)),
    ];
    if (differing.length > 0)
      throw new JobRegistryError(`plugin.json and the engine differ about jobs: ${differing.join(', ')}`);
  }

  /** @throws whatever the job's work throws; the queue tries again at the job's next turn */
  async run(name: string): Promise<void> {
    if (!isJobName(name)) throw new JobRegistryError(`There is no job ${name}`);
    await this.handlers[name]();
  }
}

export function isJobName(name: string): name is JobName {
  return (jobNames as readonly string[]).includes(name);
}
