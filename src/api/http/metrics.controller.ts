import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { MetricsGuard } from './metrics.guard';

/** Prometheus metrics: how much waits for Twenty, and how long it has waited. No customer data. */
@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  private readonly registry = new Registry();
  private readonly openWrites = new Gauge({
    name: 'highseas_open_writes',
    help: 'Decided changes that Twenty has not confirmed',
    registers: [this.registry],
  });
  private readonly oldestWrite = new Gauge({
    name: 'highseas_oldest_open_write_seconds',
    help: 'Age of the oldest of them',
    registers: [this.registry],
  });
  private readonly unmirrored = new Gauge({
    name: 'highseas_unmirrored_events',
    help: 'History events that Twenty has no copy of yet',
    registers: [this.registry],
  });
  private readonly customers = new Gauge({
    name: 'highseas_customers',
    help: 'Managed customers',
    labelNames: ['status'],
    registers: [this.registry],
  });

  constructor(private readonly dataSource: DataSource) {
    collectDefaultMetrics({ register: this.registry });
  }

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(): Promise<string> {
    const [row] = (await this.dataSource.query(
      `SELECT count(*)::int AS writes, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS age,
              (SELECT count(*)::int FROM ownership_event WHERE state = 'CONFIRMED' AND mirrored_at IS NULL) AS events
         FROM pending_write WHERE settled_at IS NULL`,
    )) as { writes: number; age: number; events: number }[];
    this.openWrites.set(row?.writes ?? 0);
    this.oldestWrite.set(row?.age ?? 0);
    this.unmirrored.set(row?.events ?? 0);
    const counts = (await this.dataSource.query(
      'SELECT status, count(*)::int AS count FROM customer WHERE status IS NOT NULL AND NOT is_deleted GROUP BY status',
    )) as { status: string; count: number }[];
    for (const { status, count } of counts) this.customers.set({ status }, count);
    return this.registry.metrics();
  }
}
