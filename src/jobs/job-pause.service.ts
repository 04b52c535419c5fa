import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { queueOf } from './lanes';

const lookEveryMs = 20;
const endWithinMs = 60_000;

/** Stops the turns of all jobs in all instances. */
@Injectable()
export class JobPause {
  private readonly queues: readonly Queue[];

  constructor(@InjectQueue(queueOf.quick) quick: Queue, @InjectQueue(queueOf.bulk) bulk: Queue) {
    this.queues = [quick, bulk];
  }

  /** Waits for the jobs that are under way, and lets the turns go on when `work` has ended, however it did. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      for (const queue of this.queues) await queue.pause();
      const deadline = Date.now() + endWithinMs;
      while ((await this.isActive()) && Date.now() < deadline) await sleep(lookEveryMs);
      return await work();
    } finally {
      for (const queue of this.queues) await queue.resume();
    }
  }

  /** What a process that died during a pause has left. */
  async end(): Promise<void> {
    for (const queue of this.queues) if (await queue.isPaused()) await queue.resume();
  }

  private async isActive(): Promise<boolean> {
    const counts = await Promise.all(this.queues.map((queue) => queue.getActiveCount()));
    return counts.some((count) => count > 0);
  }
}
