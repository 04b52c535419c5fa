import { Injectable } from '@nestjs/common';
import { PluginManifest } from '../../config/plugin-manifest';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import {
  FindReferencedDocument,
  type OwnershipEventCreateInput,
  ReadOwnershipEventsDocument,
  UpsertOwnershipEventsDocument,
} from '../generated/core';
import { eventToInput, nodeToEvent } from './ownership-event-mapping';
import { readPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError } from '../client/twenty-error';
import { inBatches, TWENTY_BATCH } from '../client/twenty.limits';
import type { CallOptions, OwnershipEventRecord } from './twenty.types';

type ReferenceField = 'companyId' | 'personId' | 'customerPoolId' | 'fromMemberId' | 'toMemberId' | 'actorMemberId';
const REFERENCE_FIELDS: readonly ReferenceField[] = [
  'companyId',
  'personId',
  'customerPoolId',
  'fromMemberId',
  'toMemberId',
  'actorMemberId',
];

/** Twenty takes no empty list, and in filters UUIDs of version 1 to 5 only. */
const NO_RECORD = '00000000-0000-4000-8000-000000000000';

/** The history as Twenty shows it. */
@Injectable()
export class OwnershipEventRecords {
  /** In both languages: the name of a record is the same for everybody. */
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    private readonly client: TwentyClient,
    manifest: PluginManifest,
  ) {
    const types = manifest.object('ownershipEvent').fields.find(({ name }) => name === 'eventType')?.options ?? [];
    this.names = new Map(types.map(({ value, label }) => [value, `${label.en} ${label['zh-CN']}`]));
  }

  /**
   * Writes events under their own ids: again is harmless. An event may speak of a member, pool or customer that Twenty no longer has; the
   * relation is then left empty, and the names and ids stay in the text and the facts.
   * @throws TwentyError; batches before the failed one are written
   */
  async upsert(events: readonly OwnershipEventRecord[], options: CallOptions): Promise<void> {
    for (const batch of inBatches(events)) {
      const data = batch.map((event) => eventToInput(event, this.names));
      try {
        await this.client.request(UpsertOwnershipEventsDocument, { data }, options);
      } catch (error) {
        // One missing target fails the whole batch, and Twenty does not say which.
        if (!isTwentyError(error, 'REJECTED') || !error.message.includes('foreign key')) throw error;
        await this.client.request(
          UpsertOwnershipEventsDocument,
          { data: await this.withoutGoneTargets(data, options) },
          options,
        );
      }
    }
  }

  /**
   * Every event, a page at a time, ordered by id and not by time. Records without type or time, made by hand, are passed over.
   * @throws TwentyError
   */
  async readAll(onPage: (events: OwnershipEventRecord[]) => void | Promise<void>, options: CallOptions): Promise<void> {
    await readPages(
      async (after) =>
        (await this.client.request(ReadOwnershipEventsDocument, { first: TWENTY_BATCH, after }, options))
          .ownershipEvents,
      (nodes) => onPage(nodes.map(nodeToEvent).filter((event) => event !== null)),
    );
  }

  private async withoutGoneTargets(
    data: OwnershipEventCreateInput[],
    options: CallOptions,
  ): Promise<OwnershipEventCreateInput[]> {
    const idsOf = (...fields: ReferenceField[]): string[] => [
      ...new Set(data.flatMap((event) => fields.map((field) => event[field] ?? NO_RECORD))),
    ];
    const withIds = (ids: string[]): RecordFilter => ({ and: [{ id: { in: ids } }, DELETED_OR_NOT] });
    const found = await this.client.request(
      FindReferencedDocument,
      {
        companies: withIds(idsOf('companyId')),
        people: withIds(idsOf('personId')),
        pools: withIds(idsOf('customerPoolId')),
        members: { id: { in: idsOf('fromMemberId', 'toMemberId', 'actorMemberId') } },
        first: TWENTY_BATCH * 3,
      },
      options,
    );
    const present = new Set(
      [found.companies, found.people, found.customerPools, found.workspaceMembers]
        .flatMap((connection) => connection?.edges ?? [])
        .map(({ node }) => node.id),
    );
    return data.map((event) => {
      const gone = REFERENCE_FIELDS.filter((field) => event[field] && !present.has(event[field]));
      return { ...event, ...Object.fromEntries(gone.map((field) => [field, null])) };
    });
  }
}
