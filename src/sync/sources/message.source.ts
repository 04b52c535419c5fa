import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MessageRecords } from '../../twenty/records/message-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { replaceActivities } from '../activity-rows.queries';
import { activityReading } from './activity-reading';
import type { FeedSource, SourceReading } from './feed-source';
import { strayActivities } from './stray.queries';
import { TWENTY_BATCH } from '../../twenty/client/twenty.limits';
import { messageFacts } from './message-facts';

/** E-mails sent to people, and received from them. */
@Injectable()
export class MessageSource implements FeedSource {
  readonly name = 'MESSAGE';
  readonly isOptional = true;
  readonly objects = ['message', 'messageParticipant', 'messageChannelMessageAssociation'] as const;
  readonly batch = TWENTY_BATCH;

  constructor(private readonly records: MessageRecords) {}

  async read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]> {
    const { records, versions } = await this.records.readByIds(ids, options);
    const facts = records.flatMap(messageFacts);
    return [
      activityReading(ids, versions, (manager) =>
        replaceActivities(manager, ids, ['EMAIL_SENT', 'EMAIL_RECEIVED'], facts),
      ),
    ];
  }

  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
    return strayActivities(manager, 'message', ['EMAIL_SENT', 'EMAIL_RECEIVED'], after, limit);
  }
}
