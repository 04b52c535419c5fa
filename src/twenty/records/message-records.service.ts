import { Injectable } from '@nestjs/common';
import { groupBy, nodesOf, ownChange } from './activity-mapping';
import type { ChangesPage, MessageRecord } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import {
  ReadMessageAssociationChangesDocument,
  ReadMessageAssociationsDocument,
  ReadMessageChangesDocument,
  ReadMessageParticipantChangesDocument,
  ReadMessageParticipantsDocument,
  ReadMessagesDocument,
} from '../generated/core';
import { readChanges } from '../client/read-changes';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, RecordCursor } from './twenty.types';

const PARTS_PER_PAGE = 1000;

/** E-mails as Twenty keeps them: what they say is not read, only who wrote to whom and when. */
@Injectable()
export class MessageRecords {
  constructor(private readonly client: TwentyClient) {}

  /** @throws TwentyError */
  readChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(
      async (query) =>
        nodesOf((await this.client.request(ReadMessageChangesDocument, query, options)).messages).map(ownChange),
      cursor,
    );
  }

  /** Who took part: Twenty finds people and members for addresses later, too. `originId` is the message. @throws TwentyError */
  readParticipantChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(async (query) => {
      const { messageParticipants } = await this.client.request(ReadMessageParticipantChangesDocument, query, options);
      return nodesOf(messageParticipants).map(({ id, updatedAt, messageId }) => ({
        id,
        updatedAt,
        originId: messageId,
      }));
    }, cursor);
  }

  /** In which mailboxes it is: another one may bring it in later. `originId` is the message. @throws TwentyError */
  readAssociationChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(async (query) => {
      const { messageChannelMessageAssociations } = await this.client.request(
        ReadMessageAssociationChangesDocument,
        query,
        options,
      );
      return nodesOf(messageChannelMessageAssociations).map(({ id, updatedAt, messageId }) => ({
        id,
        updatedAt,
        originId: messageId,
      }));
    }, cursor);
  }

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<MessageRecord[]> {
    const records: MessageRecord[] = [];
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const messages = nodesOf(
        (await this.client.request(ReadMessagesDocument, { filter, first: batch.length }, options)).messages,
      );
      const participants = groupBy(await this.readParticipants(batch, options), ({ messageId }) => messageId);
      const associations = groupBy(await this.readAssociations(batch, options), ({ messageId }) => messageId);
      records.push(
        ...messages.map(({ id, createdAt, deletedAt, receivedAt, deliveryStatus, isDraft, messageCampaignId }) => ({
          id,
          at: receivedAt ?? createdAt,
          deletedAt,
          isDraft,
          isCampaign: messageCampaignId !== null,
          deliveryStatus,
          directions: (associations.get(id) ?? []).map(({ direction }) => direction),
          participants: (participants.get(id) ?? []).map(({ role, personId, workspaceMemberId }) => ({
            role,
            personId,
            memberId: workspaceMemberId,
          })),
        })),
      );
    }
    return records;
  }

  private readParticipants(messageIds: string[], options: CallOptions) {
    const filter = { messageId: { in: messageIds } };
    return readAllPages(
      async (after) =>
        (await this.client.request(ReadMessageParticipantsDocument, { filter, first: PARTS_PER_PAGE, after }, options))
          .messageParticipants,
    );
  }

  private readAssociations(messageIds: string[], options: CallOptions) {
    const filter = { messageId: { in: messageIds } };
    return readAllPages(
      async (after) =>
        (await this.client.request(ReadMessageAssociationsDocument, { filter, first: PARTS_PER_PAGE, after }, options))
          .messageChannelMessageAssociations,
    );
  }
}
