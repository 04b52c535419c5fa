import { Injectable } from '@nestjs/common';
import { parse, type TypedQueryDocumentNode } from 'graphql';
import type { CustomerObject } from '../../domain/customer/customer';
import { longest } from '../../domain/text/bounded-text';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import type { ReadMemberLeavesQuery, ReadReclaimRulesQuery } from '../generated/core';
import type { Connection } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { TwentyError } from '../client/twenty-error';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

type NodeOf<T extends { edges: { node: unknown }[] } | null> = NonNullable<T>['edges'][number]['node'];
export type ReclaimRuleRecord = NodeOf<ReadReclaimRulesQuery['reclaimRules']>;
export type MemberLeaveRecord = NodeOf<ReadMemberLeavesQuery['memberLeaves']>;

type DatesDocument = TypedQueryDocumentNode<
  Record<string, Connection<{ id: string } & Record<string, unknown>> | null>,
  { filter: RecordFilter; first: number }
>;

/** Date fields of customers, which the idle clock may go by. */
@Injectable()
export class ClockRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * Values of date fields by record id and field name; what is no text is null.
   * @param fields names as the pools have them
   * @throws TwentyError REJECTED when the object has no such field
   */
  async readDates(
    object: CustomerObject,
    ids: readonly string[],
    fields: readonly string[],
    options: CallOptions,
  ): Promise<Map<string, Record<string, string | null>>> {
    const document = datesDocument(object, fields);
    const dates = new Map<string, Record<string, string | null>>();
    for (const batch of inBatches(ids)) {
      const filter: RecordFilter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const answer = await this.client.request(document, { filter, first: batch.length }, options);
      for (const { node } of Object.values(answer)[0]?.edges ?? []) {
        dates.set(node.id, Object.fromEntries(fields.map((field) => [field, dateText(node[field])])));
      }
    }
    return dates;
  }
}

/** A longer text is no date. */
function dateText(value: unknown): string | null {
  return typeof value === 'string' && value.length <= longest.instant ? value : null;
}

/** Field names come from people; only what can be a name goes into a query. */
export function datesDocument(object: CustomerObject, fields: readonly string[]): DatesDocument {
  const bad = fields.find((field) => !/^[A-Za-z]\w{0,62}$/.test(field));
  if (bad !== undefined)
    throw new TwentyError({
      kind: 'REJECTED',
      code: 'NOT_A_FIELD_NAME',
      message: 'That is no field name',
      mayHaveHappened: false,
    });
  const [name, type] = object === 'COMPANY' ? ['companies', 'Company'] : ['people', 'Person'];
  return parse(
    `query ReadDates($first: Int!, $filter: ${type}FilterInput!) { ${name}(first: $first, filter: $filter) { edges { node { id ${fields.join(' ')} } } pageInfo { endCursor hasNextPage } } }`,
  ) as DatesDocument;
}
