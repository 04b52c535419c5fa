import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { Startup } from '../../jobs/startup.service';

const databaseTimeoutMs = 3000;

/** Live: the process answers. Ready: database and index are there, so commands can be decided. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly startup: Startup,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready() {
    const { problem } = this.startup;
    if (problem) throw new ServiceUnavailableException({ status: 'error', code: 'NOT_READY', reason: problem });
    return this.health.check([() => this.database.pingCheck('database', { timeout: databaseTimeoutMs })]);
  }
}
