import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { type ClaimingRules, isClaiming, turnsToClaim } from '../domain/claim/claiming-activities';
import { ClaimService } from '../commands/claim.service';
import { SettingsService } from '../settings/settings.service';
import { Feed } from '../sync/feed.service';
import { ClaimMustWaitError } from './activity-claims.errors';
import { pooledActivities, type SeenActivity } from './pooled-activities.queries';

/**
 * docs/semantics.md#claim-on-activity: where a pool says so, working on a pooled customer claims it, as if the member
 * had pressed the button. See docs/decisions/claim-on-activity.md.
 *
 * What decides: the request id that is made of activity and customer gives each activity one answer, whatever the number of
 * instances and wherever one dies; the rest is a claim's own.
 */
@Injectable()
export class ActivityClaimer {
  private readonly logger = new Logger(ActivityClaimer.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly feed: Feed,
    private readonly claims: ClaimService,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** Reads what was worked on first. @throws TwentyError, IndexBusyError */
  @Job('sync-records')
  async readAndClaim(): Promise<void> {
    await this.feed.sync();
    await this.claimAll();
  }

  /** Gives what has been read and had no answer yet its turn, the earliest first. */
  private async claimAll(): Promise<void> {
    const rules = await this.rules(this.dataSource.manager);
    let claimed = 0;
    for (const turn of turnsToClaim(await pooledActivities(this.dataSource.manager, rules.now), rules)) {
      if (await this.claimFirst(turn)) claimed += 1;
    }
    if (claimed > 0) this.logger.log({ claimed }, 'Customers were claimed by those who worked on them');
  }

  /** @param turn of one customer */
  private async claimFirst(turn: SeenActivity[]): Promise<boolean> {
    try {
      for (const activity of turn) if (await this.claim(activity)) return true;
    } catch (error) {
      if (!(error instanceof ClaimMustWaitError)) throw error;
    }
    return false;
  }

  /** Who is not calling is not known to be an admin; what they are in the pools is. */
  private async claim(activity: SeenActivity): Promise<boolean> {
    const { object, recordId, memberId, requestId, kind, originId, at } = activity;
    const { outcomes } = await this.claims.claim(
      { memberId, isWorkspaceAdmin: false },
      [{ object, recordId }],
      requestId,
      {
        facts: { kind, id: originId, at },
        stillClaims: (manager) => this.stillClaims(manager, activity),
      },
    );
    return outcomes.every(({ status }) => status !== 'REFUSED');
  }

  /** @throws ClaimMustWaitError */
  private async stillClaims(manager: EntityManager, { originId, requestId, memberId }: SeenActivity): Promise<boolean> {
    const rules = await this.rules(manager);
    const now = (await pooledActivities(manager, rules.now, originId)).find(
      (activity) => activity.requestId === requestId && activity.memberId === memberId,
    );
    if (now?.isInFlight) throw new ClaimMustWaitError();
    return now !== undefined && isClaiming(now, rules);
  }

  private async rules(manager: EntityManager): Promise<ClaimingRules> {
    return { qualifying: (await this.settings.current(manager)).QUALIFYING_ACTIVITIES, now: this.clock.now() };
  }
}
