import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../config/clock';
import { MessageRecords } from '../../twenty/records/message-records.service';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { replaceActivities } from '../activity-rows.queries';
import { type ActivitySource, type FollowedObject, lookBack, type Store } from './activity-source';
import { knownOrigins } from '../known-origins.queries';
import { messageFacts } from './message-facts';

/** E-mails sent to people, and received from them. */
@Injectable()
export class MessageSource implements ActivitySource {
  readonly name = 'message';
  readonly isOptional = true;
  readonly objects: readonly FollowedObject[];

  constructor(
    private readonly records: MessageRecords,
    private readonly clock: Clock,
  ) {
    this.objects = [
      { name: 'message', readChanges: (cursor, options) => records.readChanges(cursor, options) },
      { name: 'messageParticipant', readChanges: (cursor, options) => records.readParticipantChanges(cursor, options) },
      {
        name: 'messageChannelMessageAssociation',
        readChanges: (cursor, options) => records.readAssociationChanges(cursor, options),
      },
    ];
  }

  async read(ids: readonly string[], options: CallOptions): Promise<Store> {
    const facts = (await this.records.readByIds(ids, options)).flatMap(messageFacts);
    return (manager) => replaceActivities(manager, ids, ['EMAIL_SENT', 'EMAIL_RECEIVED'], facts);
  }

  known(manager: EntityManager): Promise<string[]> {
    return knownOrigins(manager, ['EMAIL_SENT', 'EMAIL_RECEIVED'], lookBack(this.clock.now()));
  }
}
