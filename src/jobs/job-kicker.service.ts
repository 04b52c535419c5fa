import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobsOptions, Queue } from 'bullmq';
import type { JobName } from '../config/job.decorator';
import { PluginManifest } from '../config/plugin-manifest';
import { queueOf } from './lanes';

export interface JobData {
  /** Another comes soon, so nothing is lost when this one finds the job running. */
  isTurn?: boolean;
}

/** What is kicked is done this much later, so that kicks that come together are one. */
const togetherMs = 200;
/** Nobody's answer waits longer than this for the queue. */
const longestWaitMs = 500;
const keptJobs = { removeOnComplete: { age: 600, count: 200 }, removeOnFail: { age: 3600, count: 200 } };

/**
 * Puts jobs on the queue. A job is a reminder to look into the database, so a lost or doubled one does no harm. A turn's id, made
 * of name and time slot, makes those of several instances one. Kicks are one until the look that they ask for has begun; what
 * comes later asks for another.
 */
@Injectable()
export class JobKicker {
  private readonly logger = new Logger(JobKicker.name);

  private readonly queues: ReadonlyMap<JobName, Queue>;

  constructor(
    manifest: PluginManifest,
    @InjectQueue(queueOf.quick) quick: Queue,
    @InjectQueue(queueOf.bulk) bulk: Queue,
  ) {
    const queues = { quick, bulk };
    this.queues = new Map(manifest.jobs.map(({ name, lane }) => [name, queues[lane]]));
  }

  /** Soon. Never throws: what a lost kick leaves is found at the job's next turn. */
  async kick(name: JobName): Promise<void> {
    await this.add(name, {}, { delay: togetherMs, deduplication: { id: name, keepLastIfActive: true } });
  }

  /** At the job's turn; `slot` is the same number in every instance. */
  async turn(name: JobName, slot: number): Promise<void> {
    await this.add(name, { isTurn: true }, { jobId: `${name}-turn-${slot}` });
  }

  /** A Redis that is away keeps whoever calls it waiting until it is back; the job is then added late, and does no harm. */
  private async add(name: JobName, data: JobData, options: JobsOptions): Promise<void> {
    const queue = this.queues.get(name);
    if (!queue) return this.logger.error({ job: name }, 'There is no such job');
    const added = queue.add(name, data, { ...options, ...keptJobs }).then(
      () => undefined,
      (error: unknown) => this.logger.error({ err: error, job: name }, 'A job could not be put on the queue'),
    );
    const waiting = new AbortController();
    const givenUp = sleep(longestWaitMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([added, givenUp]);
    waiting.abort();
  }
}
