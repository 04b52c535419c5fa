import { Injectable } from '@nestjs/common';
import { actorOf, nodesOf, ownChange } from './activity-mapping';
import type { ChangesPage, OpportunityRecord } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import { ReadOpportunitiesDocument, ReadOpportunityChangesDocument } from '../generated/core';
import { ReadFieldOptionsDocument } from '../generated/metadata';
import { readChanges } from '../client/read-changes';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, RecordCursor } from './twenty.types';

const OBJECTS_PER_PAGE = 100;

@Injectable()
export class OpportunityRecords {
  constructor(private readonly client: TwentyClient) {}

  /** @throws TwentyError */
  readChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(
      async (query) =>
        nodesOf((await this.client.request(ReadOpportunityChangesDocument, query, options)).opportunities).map(
          ownChange,
        ),
      cursor,
    );
  }

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<OpportunityRecord[]> {
    const records: OpportunityRecord[] = [];
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const { opportunities } = await this.client.request(
        ReadOpportunitiesDocument,
        { filter, first: batch.length },
        options,
      );
      records.push(
        ...nodesOf(opportunities).map(({ pointOfContactId, createdBy, updatedBy, ...opportunity }) => ({
          ...opportunity,
          personId: pointOfContactId,
          createdBy: actorOf(createdBy),
          updatedBy: actorOf(updatedBy),
        })),
      );
    }
    return records;
  }

  /** The stages in the order that the workspace gives them. @throws TwentyError */
  async readStages(options: CallOptions): Promise<string[]> {
    for (let after: string | undefined; ;) {
      const paging = { first: OBJECTS_PER_PAGE, ...(after !== undefined && { after }) };
      const { objects } = await this.client.request(
        ReadFieldOptionsDocument,
        { paging },
        { ...options, endpoint: 'metadata' },
      );
      const opportunity = nodesOf(objects).find(({ nameSingular }) => nameSingular === 'opportunity');
      if (opportunity) return stagesOf(opportunity.fieldsList.find(({ name }) => name === 'stage')?.options);
      if (!objects.pageInfo.hasNextPage || objects.pageInfo.endCursor === null) return [];
      after = objects.pageInfo.endCursor;
    }
  }
}

/** Options are JSON to the API: what has not their shape is passed over. */
function stagesOf(options: unknown): string[] {
  if (!Array.isArray(options)) return [];
  return options
    .flatMap((option: unknown) => {
      const { value, position } = (typeof option === 'object' && option !== null ? option : {}) as {
        value?: unknown;
        position?: unknown;
      };
      return typeof value === 'string'
        ? [{ value, position: typeof position === 'number' ? position : Number.MAX_SAFE_INTEGER }]
        : [];
    })
    .sort((a, b) => a.position - b.position)
    .map(({ value }) => value);
}
