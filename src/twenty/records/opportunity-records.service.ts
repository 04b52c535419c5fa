import { Injectable } from '@nestjs/common';
import { nodesOf, versionsOf } from './activity-mapping';
import { actorOf } from './customer-mapping';
import type { OpportunityRecord, RecordsRead } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import { ReadOpportunitiesDocument } from '../generated/core';
import { ReadFieldOptionsDocument } from '../generated/metadata';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

const OBJECTS_PER_PAGE = 100;

@Injectable()
export class OpportunityRecords {
  constructor(private readonly client: TwentyClient) {}

  /** Soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<RecordsRead<OpportunityRecord>> {
    const read: RecordsRead<OpportunityRecord> = { records: [], versions: [] };
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const { opportunities } = await this.client.request(
        ReadOpportunitiesDocument,
        { filter, first: batch.length },
        options,
      );
      const nodes = nodesOf(opportunities);
      read.versions.push(...versionsOf('opportunity', nodes));
      read.records.push(
        ...nodes.map(({ pointOfContactId, createdBy, updatedBy, ...opportunity }) => ({
          ...opportunity,
          personId: pointOfContactId,
          createdBy: actorOf(createdBy),
          updatedBy: actorOf(updatedBy),
        })),
      );
    }
    return read;
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
