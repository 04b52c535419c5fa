import { Injectable } from '@nestjs/common';
import { PendingWritesService } from '../changes/pending-writes.service';
import { Job } from '../config/job.decorator';
import { FollowUpService } from './follow-up.service';

/** All that was decided and that Twenty has yet to confirm: changes of customers, and follow-ups that were logged. */
@Injectable()
export class OpenWrites {
  constructor(
    private readonly writes: PendingWritesService,
    private readonly followUps: FollowUpService,
  ) {}

  @Job('settle-writes')
  async settle(): Promise<void> {
    await this.writes.resolveDue();
    await this.followUps.resolveDue();
  }
}
