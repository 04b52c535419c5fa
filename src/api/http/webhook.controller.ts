import { Controller, HttpCode, Logger, Post, type RawBodyRequest, Req, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../config/clock';
import { JobKicker } from '../../jobs/job-kicker.service';
import { EngineHealth } from '../../sync/engine-health.service';
import { memberOf, WebhookIntake } from '../../sync/webhook-intake.service';
import { WorkspaceIdentity } from '../../sync/workspace-identity.service';
import { verifyWebhook } from '../../twenty/client/verify-webhook';
import { AuthenticationService } from '../auth/authentication.service';

/** Where Twenty says that something changed. It is a hint to read sooner and nothing more, so a repeat does no harm. */
@Controller('webhooks')
export class WebhookController {
  private readonly logger = new Logger(WebhookController.name);

  constructor(
    private readonly intake: WebhookIntake,
    private readonly authentication: AuthenticationService,
    private readonly jobs: JobKicker,
    private readonly workspace: WorkspaceIdentity,
    private readonly health: EngineHealth,
    private readonly clock: Clock,
  ) {}

  @Post('twenty')
  @HttpCode(204)
  async receive(@Req() request: RawBodyRequest<Request>): Promise<void> {
    const secret = await this.workspace.webhookSecret();
    const verdict = secret
      ? verifyWebhook(request.headers, request.rawBody ?? '', secret, new Date(this.clock.now()))
      : null;
    if (!verdict?.ok) {
      this.logger.warn({ reason: verdict?.reason ?? 'NO_SECRET_YET' }, 'A webhook was refused');
      throw new UnauthorizedException({ code: 'WEBHOOK_REFUSED' });
    }
    const memberId = memberOf(request.body);
    if (memberId !== null) this.authentication.forget(memberId);
    const job = await this.intake.take(request.body);
    if (job) await this.jobs.kick(job);
    await this.health.webhookArrived();
  }
}
