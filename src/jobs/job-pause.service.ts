import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { queueName } from './job-kicker.service';

const lookEveryMs = 20;
const endWithinMs = 60_000;

/** Stops the turns of all jobs in all instances. */
@Injectable()
export class JobPause {
  constructor(@InjectQueue(queueName) private readonly queue: Queue) {}

  /** Waits for the jobs that are under way, and lets the turns go on when `work` has ended, however it did. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await this.queue.pause();
    try {
      const deadline = Date.now() + endWithinMs;
      while ((await this.queue.getActiveCount()) > 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      return await work();
    } finally {
      await this.queue.resume();
    }
  }

  /** What a process that died during a pause has left. */
  async end(): Promise<void> {
    if (await this.queue.isPaused()) await this.queue.resume();
  }
}
