import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { JobName } from '../config/job.decorator';

export const queueName = 'highseas';

/** Kicks within this time are one. */
const togetherMs = 200;
/** Nobody's answer waits longer than this for the queue. */
const longestWaitMs = 500;
const keptJobs = { removeOnComplete: { age: 600, count: 200 }, removeOnFail: { age: 3600, count: 200 } };

/**
 * Puts jobs on the queue. A job is a reminder to look into the database, so a lost or doubled one does no harm: ids made of
 * name and time slot only keep several instances from doing the same look at once.
 */
@Injectable()
export class JobKicker {
  private readonly logger = new Logger(JobKicker.name);

  constructor(@InjectQueue(queueName) private readonly queue: Queue) {}

  /** Soon. Never throws: what a lost kick leaves is found at the job's next turn. */
  async kick(name: JobName): Promise<void> {
    const slot = Math.floor(Date.now() / togetherMs);
    await this.add(name, `${name}-kick-${slot}`, togetherMs);
  }

  /** At the job's turn; `slot` is the same number in every instance. */
  async turn(name: JobName, slot: number): Promise<void> {
    await this.add(name, `${name}-turn-${slot}`, 0);
  }

  /** A Redis that is away keeps whoever calls it waiting until it is back; the job is then added late, and does no harm. */
  private async add(name: JobName, jobId: string, delay: number): Promise<void> {
    const added = this.queue.add(name, {}, { jobId, delay, ...keptJobs }).then(
      () => undefined,
      (error: unknown) => this.logger.error({ err: error, job: name }, 'A job could not be put on the queue'),
    );
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestWaitMs)));
    await Promise.race([added, givenUp]);
    clearTimeout(timer);
  }
}
