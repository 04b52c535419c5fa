import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SettingsService } from '../../settings/settings.service';
import { OpportunityRecords } from '../../twenty/records/opportunity-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { putActivities, replaceActivities } from '../activity-rows.queries';
import { activityReading } from './activity-reading';
import type { FeedSource, SourceReading } from './feed-source';
import { strayOpportunities } from './stray.queries';
import { TWENTY_BATCH } from '../../twenty/client/twenty.limits';
import { noteNextSteps } from '../next-step.queries';
import { opportunityFacts } from './opportunity-facts';
import { knownOpportunities, replaceOpportunities } from '../opportunity-rows.queries';

/** Stages are edited seldom. */
const stagesBelievedForMs = 60_000;

/** Opportunities created, moved forward, won. */
@Injectable()
export class OpportunitySource implements FeedSource {
  readonly name = 'OPPORTUNITY';
  readonly isOptional = false;
  readonly objects = ['opportunity'] as const;
  readonly batch = TWENTY_BATCH;
  private stages: { order: string[]; readAt: number } | null = null;

  constructor(
    private readonly records: OpportunityRecords,
    private readonly settings: SettingsService,
  ) {}

  async read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]> {
    const { records: opportunities, versions } = await this.records.readByIds(ids, options);
    const order = await this.order(options);
    const store = async (manager: EntityManager) => {
      const { WON_STAGES: won, LOST_STAGES: lost } = await this.settings.current(manager);
      const known = await knownOpportunities(manager, ids);
      const read = opportunities.map((record) => ({
        record,
        facts: opportunityFacts(record, known.get(record.id) ?? null, { order, won, lost }),
      }));
      const present = new Set(opportunities.map(({ id }) => id));
      const open = opportunities.filter(
        ({ deletedAt, stage }) => deletedAt === null && !won.includes(stage) && !lost.includes(stage),
      );
      await noteNextSteps(
        manager,
        'OPPORTUNITY',
        ids,
        open.map(({ id, ownerId }) => ({ id, memberId: ownerId })),
      );
      return [
        ...(await replaceActivities(
          manager,
          ids.filter((id) => !present.has(id)),
          ['OPPORTUNITY_CREATED', 'STAGE_ADVANCED'],
          [],
        )),
        ...(await replaceActivities(
          manager,
          [...present],
          ['OPPORTUNITY_CREATED'],
          read.flatMap(({ facts }) => facts.created ?? []),
        )),
        ...(await putActivities(
          manager,
          read.flatMap(({ facts }) => facts.advanced ?? []),
        )),
        ...(await replaceOpportunities(
          manager,
          ids,
          read.map(({ record, facts }) => ({ ...record, wonAt: facts.wonAt })),
        )),
      ];
    };
    return [activityReading(ids, versions, store)];
  }

  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
    return strayOpportunities(manager, after, limit);
  }

  private async order(options: CallOptions): Promise<string[]> {
    if (!this.stages || Date.now() - this.stages.readAt > stagesBelievedForMs) {
      this.stages = { order: await this.records.readStages(options), readAt: Date.now() };
    }
    return this.stages.order;
  }
}
