import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Post,
  ServiceUnavailableException,
} from '@nestjs/common';
import { Clock } from '../config/clock';
import { DemoClock } from '../config/demo-clock';
import { Startup } from '../jobs/startup.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { DemoDays, type DemoMove, type DemoTime } from './demo-days.service';
import { DemoFault } from './demo.error';

const mostDays = 400;
const mostHours = 48;

/**
 * The clock of a demonstration. It is there only while Twenty is the sandbox, whose API asks nobody who they are either.
 * The sandbox's tokens end by its clock: after a move, take new ones.
 */
@Controller('demo/clock')
export class DemoClockController {
  constructor(
    private readonly clock: Clock,
    private readonly days: DemoDays,
    private readonly startup: Startup,
  ) {}

  @Get()
  async time(): Promise<DemoTime> {
    return this.days.time(this.demoClock('GET'));
  }

  /** `{"advanceDays": 1..400}`, `{"advanceHours": 1..48}` or both; answers when all that the days brought is settled. */
  @Post()
  @HttpCode(200)
  async advance(@Body() body: unknown): Promise<DemoMove> {
    const clock = this.demoClock('POST');
    const days = amount(body, 'advanceDays', mostDays);
    const hours = amount(body, 'advanceHours', mostHours);
    if (days + hours === 0) throw badInput('advanceDays or advanceHours is needed');
    const { problem } = this.startup;
    if (problem) throw new ServiceUnavailableException({ code: 'NOT_READY', message: problem });
    try {
      return await this.days.advance(clock, days, hours);
    } catch (error) {
      if (error instanceof DemoFault) {
        const { code, message } = error;
        throw code === 'MOVING'
          ? new ConflictException({ code, message })
          : new ServiceUnavailableException({ code, message });
      }
      if (isTwentyError(error))
        throw new ServiceUnavailableException({ code: `TWENTY_${error.kind}`, message: error.message });
      throw error;
    }
  }

  private demoClock(method: string): DemoClock {
    if (!(this.clock instanceof DemoClock)) throw new NotFoundException(`Cannot ${method} /demo/clock`);
    return this.clock;
  }
}

function amount(body: unknown, name: string, most: number): number {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw badInput(`${name} must be a whole number from 1 to ${most}`);
}

function badInput(message: string): BadRequestException {
  return new BadRequestException({ code: 'BAD_USER_INPUT', message });
}
