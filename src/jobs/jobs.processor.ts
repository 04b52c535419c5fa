import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import { isTwentyError } from '../twenty/client/twenty-error';
import type { JobName } from '../config/job.decorator';
import type { JobData } from './job-kicker.service';
import { queueOf } from './lanes';
import { JobRegistry } from './job-registry.service';
import { Startup } from './startup.service';

const askAgainMs = 500;

/** What the workers of both lanes do. */
abstract class JobsProcessor extends WorkerHost {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly registry: JobRegistry,
    private readonly startup: Startup,
  ) {
    super();
  }

  /** A kick that finds the job running comes back until it has had its own run: the running one may have looked already. */
  override async process(job: Job<JobData, void, JobName>, token?: string): Promise<void> {
    if (!this.startup.isDone) return;
    const startedAt = Date.now();
    if (await this.registry.run(job.name)) {
      this.logger.debug({ job: job.name, jobId: job.id, ms: Date.now() - startedAt }, 'Job done');
    } else if (!job.data.isTurn) {
      await job.moveToDelayed(Date.now() + askAgainMs, token);
      throw new DelayedError();
    }
  }

  /** A failed job is not repeated: its next turn is. */
  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    const context = { job: job?.name, jobId: job?.id };
    if (isTwentyError(error))
      this.logger.warn(
        { ...context, kind: error.kind, code: error.code, message: error.message },
        'A job could not be done because of Twenty',
      );
    else this.logger.error({ ...context, err: error }, 'A job failed');
  }

  /** Without a listener an idle connection's error would end the process. */
  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ err: error }, 'The queue has trouble with its connection');
  }
}

/** No fewer than the lane has jobs: each runs once at a time, so none waits for another. */
@Processor(queueOf.quick, { concurrency: 10 })
export class QuickJobs extends JobsProcessor {
  constructor(registry: JobRegistry, startup: Startup) {
    super(registry, startup);
  }
}

@Processor(queueOf.bulk, { concurrency: 4 })
export class LongJobs extends JobsProcessor {
  constructor(registry: JobRegistry, startup: Startup) {
    super(registry, startup);
  }
}
