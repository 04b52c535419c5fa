import { Injectable } from '@nestjs/common';
import { groupBy, nodesOf, versionsOf } from './activity-mapping';
import type { MessageRecord, RecordsRead } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import {
  ReadMessageAssociationsDocument,
  ReadMessageParticipantsDocument,
  ReadMessagesDocument,
} from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

const PARTS_PER_PAGE = 1000;

/** E-mails as Twenty keeps them: what they say is not read, only who wrote to whom and when. */
@Injectable()
export class MessageRecords {
  constructor(private readonly client: TwentyClient) {}

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<RecordsRead<MessageRecord>> {
    const read: RecordsRead<MessageRecord> = { records: [], versions: [] };
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const messages = nodesOf(
        (await this.client.request(ReadMessagesDocument, { filter, first: batch.length }, options)).messages,
      );
      const participantNodes = await this.readParticipants(batch, options);
      const associationNodes = await this.readAssociations(batch, options);
      read.versions.push(
        ...versionsOf('message', messages),
        ...versionsOf('messageParticipant', participantNodes, ({ messageId }) => messageId),
        ...versionsOf('messageChannelMessageAssociation', associationNodes, ({ messageId }) => messageId),
      );
      const participants = groupBy(participantNodes, ({ messageId }) => messageId);
      const associations = groupBy(associationNodes, ({ messageId }) => messageId);
      read.records.push(
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
    return read;
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
