import { Injectable } from '@nestjs/common';
import { parse, type TypedQueryDocumentNode } from 'graphql';
import type { CustomerObject } from '../../domain/customer/customer';
import { bounded, longest, most } from '../../domain/text/bounded-text';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import type { Connection } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { TwentyError } from '../client/twenty-error';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

type ValuesDocument = TypedQueryDocumentNode<
  Record<string, Connection<{ id: string } & Record<string, unknown>> | null>,
  { filter: RecordFilter; first: number }
>;

/** Texts of a customer's fields, by path: `industry`, or `address.addressCity` for a part of a field. Several where a field has several. */
export type FieldTexts = Record<string, string[]>;

/** Fields of companies and people that only the workspace knows. */
@Injectable()
export class FieldValues {
  constructor(private readonly client: TwentyClient) {}

  /**
   * @returns by record id
   * @throws TwentyError REJECTED when the object has no such field
   */
  async read(
    object: CustomerObject,
    ids: readonly string[],
    paths: readonly string[],
    options: CallOptions,
  ): Promise<Map<string, FieldTexts>> {
    const document = valuesDocument(object, paths);
    const found = new Map<string, FieldTexts>();
    for (const batch of inBatches(ids)) {
      const filter: RecordFilter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const answer = await this.client.request(document, { filter, first: batch.length }, options);
      for (const { node } of Object.values(answer)[0]?.edges ?? []) {
        found.set(node.id, Object.fromEntries(paths.map((path) => [path, textsAt(node, path)])));
      }
    }
    return found;
  }
}

/** Paths come from people; only what can be names goes into a query. */
export function valuesDocument(object: CustomerObject, paths: readonly string[]): ValuesDocument {
  const bad = paths.find((path) => !/^[A-Za-z]\w{0,62}(\.[A-Za-z]\w{0,62})?$/.test(path));
  if (bad !== undefined)
    throw new TwentyError({
      kind: 'REJECTED',
      code: 'NOT_A_FIELD_NAME',
      message: 'That is no field name',
      mayHaveHappened: false,
    });
  const selection = paths
    .map((path) => path.split('.'))
    .map(([field, part]) => (part === undefined ? field : `${field} { ${part} }`));
  const [name, type] = object === 'COMPANY' ? ['companies', 'Company'] : ['people', 'Person'];
  return parse(
    `query ReadFieldValues($first: Int!, $filter: ${type}FilterInput!) { ${name}(first: $first, filter: $filter) { edges { node { id ${selection.join(' ')} } } pageInfo { endCursor hasNextPage } } }`,
  ) as ValuesDocument;
}

function textsAt(node: Record<string, unknown>, path: string): string[] {
  const value = path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
      node,
    );
  const values: unknown[] = Array.isArray(value) ? value.slice(0, most.values) : [value];
  return values.flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
      ? [bounded(String(one), longest.value)]
      : [],
  );
}
