import type { OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Clock } from './clock';

const refreshEveryMs = 1000;

/**
 * The time of a demonstration: the machine's, moved by an offset that the database keeps, so that all instances agree
 * within a second. Only for the sandbox, whose own clock is moved along with it.
 */
export class DemoClock extends Clock implements OnApplicationShutdown {
  private offsetMs = 0;
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly dataSource: DataSource) {
    super();
    // A reading that fails leaves the offset as it was; the next one is a second away.
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), refreshEveryMs).unref();
  }

  static async start(dataSource: DataSource): Promise<DemoClock> {
    const clock = new DemoClock(dataSource);
    await clock.refresh();
    return clock;
  }

  now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  /** @param instant what time it is from now on, ISO 8601 */
  async moveTo(instant: string): Promise<void> {
    const offsetMs = Date.parse(instant) - Date.now();
    await this.dataSource.query(
      'INSERT INTO demo_clock (offset_ms) VALUES ($1) ON CONFLICT (only_one) DO UPDATE SET offset_ms = excluded.offset_ms',
      [offsetMs],
    );
    this.offsetMs = offsetMs;
  }

  async refresh(): Promise<void> {
    const [row] = (await this.dataSource.query('SELECT offset_ms AS "offsetMs" FROM demo_clock')) as {
      offsetMs: string;
    }[];
    this.offsetMs = Number(row?.offsetMs ?? 0);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
