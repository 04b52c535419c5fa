import { createPostgresBackend, Queue, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import type { JobName } from '../../src/config/job.decorator';
import { PluginManifest } from '../../src/config/plugin-manifest';
import { queueOf } from '../../src/jobs/lanes';
import { queueSchema } from '../../src/storage/migrate';
import { eventually } from './highseas-eventually';
import type { HighseasWorld } from './highseas-world';

/** Gives jobs of the engines a turn when a test wants one. */
export class Turns {
  private readonly queues: { quick: Queue; bulk: Queue };
  private readonly jobs = PluginManifest.load().jobs;
  private count = 0;

  constructor({ database }: HighseasWorld) {
    setDefaultBackendFactory(createPostgresBackend);
    const connection = { connectionString: database.url, schema: queueSchema, max: 2 } as QueueOptions['connection'];
    this.queues = { quick: new Queue(queueOf.quick, { connection }), bulk: new Queue(queueOf.bulk, { connection }) };
    for (const queue of Object.values(this.queues)) queue.on('error', () => undefined);
  }

  /** @returns what tells that the job has ended, and throws when it failed */
  async begin(name: JobName): Promise<() => Promise<void>> {
    this.count += 1;
    const queue = this.queues[this.jobs.find((job) => job.name === name)?.lane ?? 'bulk'];
    const { id } = await queue.add(name, {}, { jobId: `test-${this.count}` });
    return async () => {
      const job = await eventually(
        async () => {
          const found = await queue.getJob(id ?? '');
          const state = await found?.getState();
          if (state !== 'completed' && state !== 'failed') throw new Error(`The job ${name} is ${state}`);
          return found;
        },
        { withinMs: 60_000 },
      );
      if (job?.failedReason) throw new Error(`The job ${name} failed: ${job.failedReason}`);
    };
  }

  async run(name: JobName): Promise<void> {
    await (
      await this.begin(name)
    )();
  }

  async close(): Promise<void> {
    for (const queue of Object.values(this.queues)) await queue.close();
  }
}
